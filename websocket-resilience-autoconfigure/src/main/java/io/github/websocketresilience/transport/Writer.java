package io.github.websocketresilience.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Transport.Frame;
import io.github.websocketresilience.engine.Transport.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one outbox hands out and flushes when it has nothing more, so that a single
 * message waits for no other. It is never interrupted, since that would break the
 * session; one that does not return is given up and begins nothing more.
 */
final class Writer implements Runnable {

	private final FrameSender sender;

	private final Outbox outbox;

	private final Consumer<Disconnect> onFailure;

	private final AtomicBoolean done = new AtomicBoolean();

	Writer(FrameSender sender, Outbox outbox, Consumer<Disconnect> onFailure) {
		this.sender = sender;
		this.outbox = outbox;
		this.onFailure = onFailure;
	}

	@Override
	public void run() {
		try {
			writeAll();
			if (this.done.compareAndSet(false, true)) {
				this.outbox.done(null);
			}
		}
		catch (Throwable ex) {
			// Any failure: after one, Tomcat's session may be unable to send for ever.
			Disconnect failure = Disconnect.of(Kind.WRITE_FAILED, "a write failed").causedBy(ex);
			if (this.done.compareAndSet(false, true)) {
				this.outbox.done(failure);
			}
			this.onFailure.accept(failure);
		}
	}

	void giveUp() {
		if (this.done.compareAndSet(false, true)) {
			this.outbox.done(Disconnect.of(Kind.WRITE_FAILED, "a write did not return after its socket was given up"));
		}
	}

	private void writeAll() throws IOException {
		for (Frame frame = next(); frame != null; frame = next()) {
			this.sender.send(frame);
			if (this.sender.isFull() && !this.done.get()) {
				this.sender.flush();
				reportFlushed();
			}
		}
		if (!this.done.get()) {
			boolean unflushed = this.sender.hasUnflushed();
			this.sender.end();
			if (unflushed) {
				reportFlushed();
			}
		}
	}

	private @Nullable Frame next() {
		Frame frame = this.done.get() ? null : this.outbox.next();
		return this.done.get() ? null : frame;
	}

	private void reportFlushed() {
		if (!this.done.get()) {
			this.outbox.flushed();
		}
	}

}
