package io.github.websocketresilience.observation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes of one connection. One begins on one thread, observers are told how it
 * ended on another, and listeners are given its messages on a third, each at its own
 * pace. All three see the end of the attempt before it, so that is what a handshake is
 * known by; numbers of attempts begin again with every start.
 */
final class HandshakeTrail {

	/** How many sockets listeners may be behind before messages lose their handshake. */
	static final int MOST_OPENED = 8;

	private final WebSocketConnection connection;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Handshake> lasting = new ArrayDeque<>();

	private final Deque<Handshake> opened = new ArrayDeque<>();

	private @Nullable Disconnect lastTold;

	private @Nullable Disconnect lastDelivered;

	private volatile @Nullable WebSocketHandshakeObservationContext current;

	HandshakeTrail(WebSocketConnection connection) {
		this.connection = connection;
	}

	/**
	 * A handshake has begun. That of an attempt which has been given up meanwhile may be
	 * too late to be told how it ended.
	 */
	void begun(Handshake handshake) {
		locked(() -> this.lasting.add(handshake));
		if (this.connection.state() != ConnectionState.CONNECTING && locked(() -> this.lasting.remove(handshake))) {
			handshake.cancelled();
		}
	}

	/**
	 * An observer was told.
	 */
	void told(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Opened) {
			finish(locked(() -> take(true)), Handshake::opened);
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			Disconnect why = disconnected.disconnect();
			finish(locked(() -> {
				List<Handshake> over = disconnected.opened() ? List.of() : take(false);
				this.lastTold = why;
				return over;
			}), (handshake) -> handshake.ended(why));
		}
	}

	/**
	 * No event follows.
	 */
	void removed() {
		locked(() -> {
			List<Handshake> rest = List.copyOf(this.lasting);
			this.lasting.clear();
			return rest;
		}).forEach(Handshake::cancelled);
	}

	/**
	 * A listener is given an event, the same one possibly several times.
	 */
	void delivered(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Opened) {
			this.current = locked(this::passOn);
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			locked(() -> this.lastDelivered = disconnected.disconnect());
			this.current = null;
		}
		else if (event instanceof ConnectionEvent.EventsSkipped) {
			// Sockets may be among them
			this.current = null;
		}
	}

	/**
	 * Return the handshake of the socket whose messages are being delivered.
	 */
	@Nullable WebSocketHandshakeObservationContext current() {
		return this.current;
	}

	private static void finish(List<Handshake> over, Consumer<Handshake> end) {
		for (int i = 0; i < over.size() - 1; i++) {
			over.get(i).cancelled();
		}
		if (!over.isEmpty()) {
			end.accept(over.get(over.size() - 1));
		}
	}

	/**
	 * Take the handshake whose end is told now, after those that began before it: they
	 * are over too, for a connection makes one attempt at a time.
	 */
	private List<Handshake> take(boolean open) {
		Handshake ended = last(this.lasting, this.lastTold);
		if (ended == null) {
			return List.of();
		}
		List<Handshake> over = new ArrayList<>();
		do {
			over.add(this.lasting.remove());
		}
		while (over.get(over.size() - 1) != ended);
		if (open) {
			this.opened.add(ended);
			if (this.opened.size() > MOST_OPENED) {
				this.opened.remove();
			}
		}
		return over;
	}

	/**
	 * Find the handshake that listeners are told has opened. They may be behind the
	 * observers, or ahead.
	 */
	private @Nullable WebSocketHandshakeObservationContext passOn() {
		Handshake passed = last(this.opened, this.lastDelivered);
		if (passed == null) {
			passed = last(this.lasting, this.lastDelivered);
			return (passed != null) ? passed.context() : null;
		}
		while (this.opened.element() != passed) {
			this.opened.remove();
		}
		return passed.context();
	}

	private static @Nullable Handshake last(Deque<Handshake> handshakes, @Nullable Disconnect after) {
		Iterator<Handshake> fromTheEnd = handshakes.descendingIterator();
		while (fromTheEnd.hasNext()) {
			Handshake next = fromTheEnd.next();
			if (next.after() == after) {
				return next;
			}
		}
		return null;
	}

	private <T extends @Nullable Object> T locked(Supplier<T> step) {
		this.lock.lock();
		try {
			return step.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
