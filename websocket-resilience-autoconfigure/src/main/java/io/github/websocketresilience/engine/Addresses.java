package io.github.websocketresilience.engine;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

import io.github.websocketresilience.CloseCode;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the addresses of a connection: the next one's after every
 * failure, and when a server asks to be left alone (1013). Lives in the serial executor,
 * but for {@link #current}.
 */
final class Addresses {

	private final @Nullable Supplier<List<URI>> source;

	private volatile List<URI> known;

	private int turn;

	Addresses(ConnectionSettings settings, @Nullable Supplier<List<URI>> source) {
		this.source = source;
		this.known = settings.urls();
	}

	/**
	 * A new run begins with the first one.
	 */
	void begin() {
		this.turn = 0;
	}

	void ended(Disconnect why, boolean stable) {
		Integer code = why.closeCode();
		if (!stable || (code != null && code == CloseCode.TRY_AGAIN_LATER.code())) {
			this.turn++;
		}
	}

	int turn() {
		return this.turn;
	}

	/**
	 * Return how many there are, as far as is known.
	 */
	int size() {
		return this.known.size();
	}

	/**
	 * Return the address of a turn as far as is known.
	 */
	URI known(int turn) {
		return of(this.known, turn);
	}

	/**
	 * Return the address of a turn as it is now. Called on a thread that may block.
	 */
	URI current(int turn) {
		List<URI> now = this.known;
		if (this.source != null) {
			now = List.copyOf(this.source.get());
			if (now.isEmpty()) {
				throw new IllegalStateException("there is no address");
			}
			this.known = now;
		}
		return of(now, turn);
	}

	private static URI of(List<URI> urls, int turn) {
		return urls.get(Math.floorMod(turn, urls.size()));
	}

}
