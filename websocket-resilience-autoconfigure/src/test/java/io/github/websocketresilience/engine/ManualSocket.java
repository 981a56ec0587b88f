package io.github.websocketresilience.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A socket of {@link ManualTransport}: writes at once on a worker, or, while the
 * transport holds, step by step as the test says.
 */
final class ManualSocket implements Transport.Socket {

	private static final Disconnect LOST = Disconnect.of(Kind.CONNECTION_LOST, "connection lost");

	private final ManualTransport transport;

	private final String name;

	private final Transport.Attempt engine;

	private final List<String> taken = new ArrayList<>();

	private final List<String> written = new ArrayList<>();

	private Transport.@Nullable Outbox outbox;

	private boolean lendsReader = true;

	private Runnable duringPause = () -> {
	};

	ManualSocket(ManualTransport transport, String name, Transport.Attempt engine) {
		this.transport = transport;
		this.name = name;
		this.engine = engine;
	}

	@Override
	public void write(Transport.Outbox next) {
		if (this.outbox != null) {
			throw new IllegalStateException("a second writer on socket " + this.name);
		}
		called("write");
		this.outbox = next;
		if (!this.transport.isHolding()) {
			this.transport.workers().io(this::writeAll);
		}
	}

	/**
	 * Write everything there is, each frame flushed, and be done.
	 */
	void writeAll() {
		while (take() != null) {
			flush();
		}
		done(null);
	}

	/**
	 * Take the next frame and begin to write it.
	 * @return its text, {@code null} if there is none
	 */
	@Nullable String take() {
		Transport.Frame frame = running().next();
		if (frame == null) {
			return null;
		}
		this.taken.add(describe(frame));
		return describe(frame);
	}

	/**
	 * What was taken has been handed over.
	 */
	void flush() {
		this.written.addAll(this.taken);
		this.taken.clear();
		running().flushed();
	}

	/**
	 * The writer ends.
	 */
	void done(@Nullable Disconnect failure) {
		Transport.Outbox ended = running();
		this.outbox = null;
		this.taken.clear();
		ended.done(failure);
	}

	Transport.Outbox running() {
		return Objects.requireNonNull(this.outbox, "nobody writes");
	}

	boolean isWriting() {
		return this.outbox != null;
	}

	/**
	 * Return what was handed over, in order.
	 */
	List<String> written() {
		return this.written;
	}

	private static String describe(Transport.Frame frame) {
		if (frame instanceof Transport.Frame.Ping ping) {
			return "ping " + ByteBuffer.wrap(ping.payload()).getLong();
		}
		return (frame instanceof Transport.Frame.Text text) ? text.text()
				: "binary " + ((Transport.Frame.Binary) frame).bytes().length;
	}

	/**
	 * A text arrives.
	 */
	void text(String text) {
		this.engine.text(text);
	}

	/**
	 * The pong of a ping of ours arrives.
	 * @param sequence which one, from 1 on
	 */
	void pong(long sequence) {
		this.engine.pong(ByteBuffer.allocate(Long.BYTES).putLong(sequence).array());
	}

	void peerCloses(int code) {
		this.engine.closed(code, "");
	}

	void breaks() {
		this.engine.failed(LOST);
	}

	/**
	 * The thread that reads is wanted elsewhere, or not any more.
	 */
	void lendsReader(boolean lends) {
		this.lendsReader = lends;
	}

	@Override
	public boolean lendsReader() {
		return this.lendsReader;
	}

	/**
	 * Let something happen while the engine's call that pauses is under way.
	 */
	void duringPause(Runnable action) {
		this.duringPause = action;
	}

	Transport.Attempt engine() {
		return this.engine;
	}

	@Override
	public void close(int code, String reason) {
		called("close " + code);
	}

	@Override
	public void abort(int code) {
		called("abort " + code);
	}

	@Override
	public void pauseReading() {
		called("pause");
		this.duringPause.run();
	}

	@Override
	public void resumeReading() {
		called("resume");
	}

	private void called(String what) {
		this.transport.called(this.name + " " + what);
	}

}
