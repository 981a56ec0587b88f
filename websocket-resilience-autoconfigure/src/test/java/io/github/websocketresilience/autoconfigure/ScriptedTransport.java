package io.github.websocketresilience.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.engine.Transport;

/**
 * A transport without a network: every attempt does what the script says.
 */
final class ScriptedTransport implements Transport, AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Attempt> opened = new CopyOnWriteArrayList<>();

	private final Script script;

	ScriptedTransport(Script script) {
		this.script = script;
	}

	@Override
	public Connecting connect(ConnectionSettings settings, Attempt attempt) {
		this.executor.execute(() -> attempt(attempt));
		return () -> {
		};
	}

	private void attempt(Attempt attempt) {
		attempt.started();
		attempt.prepare().toCompletableFuture().join();
		if (this.script == Script.OPEN || this.script == Script.OPEN_DEAF) {
			this.opened.add(attempt);
			attempt.opened(new ScriptedSocket(attempt), "");
		}
		else if (this.script == Script.REFUSE) {
			attempt.failed(Disconnect.refused(503, null));
		}
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

	/**
	 * Let a text arrive on the last socket.
	 * @param text the text
	 */
	void receive(String text) {
		this.executor.execute(() -> this.opened.get(this.opened.size() - 1).text(text));
	}

	int opened() {
		return this.opened.size();
	}

	/**
	 * What every attempt does.
	 */
	enum Script {

		/** It opens. */
		OPEN,

		/** It opens, and a close is not answered. */
		OPEN_DEAF,

		/** The upgrade is refused. */
		REFUSE,

		/** Nobody answers. */
		HANG

	}

	private final class ScriptedSocket implements Socket {

		private final Attempt attempt;

		ScriptedSocket(Attempt attempt) {
			this.attempt = attempt;
		}

		@Override
		public void write(Outbox outbox) {
			ScriptedTransport.this.executor.execute(() -> {
				Frame frame = outbox.next();
				while (frame != null) {
					frame = outbox.next();
				}
				outbox.flushed();
				outbox.done(null);
			});
		}

		@Override
		public void close(int code, String reason) {
			if (ScriptedTransport.this.script == Script.OPEN) {
				ScriptedTransport.this.executor.execute(() -> this.attempt.closed(code, reason));
			}
		}

		@Override
		public void abort(int code) {
			// Nothing is left of it anyway.
		}

		@Override
		public void pauseReading() {
			// What was received is already here.
		}

		@Override
		public void resumeReading() {
			// Nothing was paused.
		}

	}

}
