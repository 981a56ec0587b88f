package io.github.websocketresilience.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Transport.Frame;
import io.github.websocketresilience.engine.Transport.Outbox;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * Writes what one outbox hands out. It is never interrupted, since that would break the
 * session; one that does not return is given up and writes nothing more.
 */
final class Writer implements Runnable {

	private final WebSocketSession session;

	private final Outbox outbox;

	private final Consumer<Disconnect> onFailure;

	private final AtomicBoolean done = new AtomicBoolean();

	Writer(WebSocketSession session, Outbox outbox, Consumer<Disconnect> onFailure) {
		this.session = session;
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
		while (!this.done.get()) {
			Frame frame = this.outbox.next();
			if (frame == null || this.done.get()) {
				return;
			}
			write(frame);
			if (!this.done.get()) {
				this.outbox.flushed();
			}
		}
	}

	private void write(Frame frame) throws IOException {
		if (frame instanceof Frame.Text text) {
			this.session.sendMessage(new TextMessage(text.text()));
		}
		else if (frame instanceof Frame.Binary binary) {
			this.session.sendMessage(new BinaryMessage(binary.bytes()));
		}
		else if (frame instanceof Frame.Ping ping) {
			this.session.sendMessage(new PingMessage(ByteBuffer.wrap(ping.payload())));
		}
	}

}
