package io.github.websocketresilience.actuate.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a connection.
 */
enum Action {

	/** Replace the socket now, or cut a waiting period short. */
	RECONNECT {

		@Override
		void on(WebSocketConnection connection) {
			connection.reconnect();
		}

		@Override
		@Nullable String nothingToDo(ConnectionState state) {
			return switch (state) {
				case IDLE, OPEN, WAITING -> null;
				case CONNECTING -> "an attempt is under way";
				case CLOSING, CLOSED -> "a connection that is closed is not replaced: resume it";
			};
		}

	},

	/** Close in an orderly way and stay closed. */
	PAUSE {

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // The state tells
		void on(WebSocketConnection connection) {
			connection.close();
		}

		@Override
		@Nullable String nothingToDo(ConnectionState state) {
			return switch (state) {
				case IDLE, CONNECTING, OPEN, WAITING -> null;
				case CLOSING, CLOSED -> "it is closed already";
			};
		}

	},

	/** Start a connection that was closed, gave up or was never started. */
	RESUME {

		@Override
		void on(WebSocketConnection connection) {
			connection.start();
		}

		@Override
		@Nullable String nothingToDo(ConnectionState state) {
			return switch (state) {
				case IDLE, CLOSING, CLOSED -> null;
				case CONNECTING, OPEN, WAITING -> "it is started already";
			};
		}

	};

	/**
	 * Find an action.
	 * @param text its name in any case, or {@code null}
	 * @return the action, or empty if there is none of that name
	 */
	static Optional<Action> of(@Nullable String text) {
		return Arrays.stream(values()).filter((action) -> action.name().equalsIgnoreCase(text)).findFirst();
	}

	/**
	 * Say which actions there are.
	 * @return a sentence
	 */
	static String choice() {
		return Arrays.stream(values())
			.map(Action::toString)
			.collect(Collectors.joining("', '", "'action' must be one of '", "'"));
	}

	/**
	 * Ask it of a connection. Returns at once.
	 * @param connection the connection
	 */
	abstract void on(WebSocketConnection connection);

	/**
	 * Tell whether it changes nothing.
	 * @param state the state in which it is asked
	 * @return why it does nothing, or {@code null} if it does something
	 */
	abstract @Nullable String nothingToDo(ConnectionState state);

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
