package io.github.websocketresilience.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Transport.Attempt;
import io.github.websocketresilience.engine.Transport.Outbox;
import io.github.websocketresilience.engine.Transport.Socket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * An open socket over Spring's session. Its state is its own: the session's
 * {@code isOpen()} is true inside the callback that tells its end.
 */
final class SpringSocket implements Socket {

	private static final Logger logger = LoggerFactory.getLogger(SpringSocket.class);

	private static final long GIVE_UP_WRITER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long LONGEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final int NO_CLOSE_FRAME = 1006;

	private final WebSocketSession session;

	private final Session nativeSession;

	private final FrameSender sender;

	private final Attempt attempt;

	private final Surroundings surroundings;

	private final Duration closeTimeout;

	private final ReadBrake brake;

	// The attempt was told the end, or nobody wants to know any more.
	private final AtomicBoolean ended = new AtomicBoolean();

	private final AtomicBoolean aborted = new AtomicBoolean();

	private volatile boolean handshakeReturned;

	private volatile boolean closing;

	private volatile boolean ignoredClose;

	private volatile @Nullable Writer writer;

	SpringSocket(WebSocketSession session, Attempt attempt, Surroundings surroundings, Duration closeTimeout) {
		this.session = session;
		this.nativeSession = Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class),
				"Session is not initialized");
		this.sender = new FrameSender(this.nativeSession);
		this.attempt = attempt;
		this.surroundings = surroundings;
		this.closeTimeout = closeTimeout;
		this.brake = surroundings.container().brake(this.nativeSession, surroundings.workers(), surroundings.time());
	}

	@Override
	public void write(Outbox outbox) {
		Writer writer = new Writer(this.sender, outbox, this::writeFailed);
		this.writer = writer;
		this.surroundings.workers().io(writer);
		if (this.aborted.get()) {
			giveUpInTime(writer);
		}
	}

	@Override
	public void close(int code, String reason) {
		this.closing = true;
		this.surroundings.workers().io(() -> sendClose(code, reason));
	}

	@Override
	public void abort(int code) {
		this.ended.set(true);
		if (!this.aborted.compareAndSet(false, true)) {
			return;
		}
		hasEndedNow();
		this.surroundings.workers().aborts(() -> endSession(code));
		Writer writer = this.writer;
		if (writer != null) {
			giveUpInTime(writer);
		}
	}

	@Override
	public void pauseReading() {
		this.brake.pause();
	}

	@Override
	public void resumeReading() {
		this.brake.resume();
	}

	@Override
	public boolean lendsReader() {
		return this.handshakeReturned;
	}

	/**
	 * The thread of the handshake reads no more: from now on it is the container's own.
	 */
	void handshakeReturned() {
		this.handshakeReturned = true;
	}

	/**
	 * The attempt has been told that it is open.
	 */
	void wasTold() {
		this.surroundings.sockets().add(this);
		if (hasEnded()) {
			this.surroundings.sockets().remove(this);
		}
	}

	/**
	 * Look whether the container has taken a broken close frame without a word. Seen
	 * once, it may be a good one that is being handled.
	 */
	void look() {
		boolean ignoresClose = this.surroundings.container().ignoresClose(this.nativeSession);
		if (ignoresClose && this.ignoredClose) {
			fail(Disconnects.brokenClose(), CloseCodes.PROTOCOL_ERROR.getCode());
		}
		this.ignoredClose = ignoresClose;
	}

	ReadBrake brake() {
		return this.brake;
	}

	boolean hasEnded() {
		return this.ended.get();
	}

	/**
	 * End the socket for a reason of this side.
	 * @param failure what to tell
	 * @param code the status code to send
	 */
	void fail(Disconnect failure, int code) {
		boolean first = this.ended.compareAndSet(false, true);
		abort(code);
		if (first) {
			this.attempt.failed(failure);
		}
	}

	/**
	 * The container says that it is over.
	 * @param code the status code
	 * @param reason the reason, not ours to show unless it is the peer's
	 * @param error what the container told before, or {@code null}
	 */
	void containerClosed(int code, String reason, @Nullable Throwable error) {
		boolean peer = switch (this.surroundings.container().closeOrigin()) {
			case PEER -> true;
			case LOCAL -> false;
			case UNKNOWN -> code != NO_CLOSE_FRAME;
		};
		if (peer) {
			tellClosed(code, reason);
		}
		else if (!this.closing || code == NO_CLOSE_FRAME) {
			// While closing it is our own close frame, and the peer's is still to come.
			tellFailed(this.surroundings.container().couldNotInflate(reason) ? Disconnects.notInflated()
					: Disconnects.byContainer(code, error));
		}
	}

	private void writeFailed(Disconnect failure) {
		fail(failure, CloseCodes.UNEXPECTED_CONDITION.getCode());
	}

	private void tellFailed(Disconnect failure) {
		if (this.ended.compareAndSet(false, true)) {
			hasEndedNow();
			this.attempt.failed(failure);
		}
	}

	private void tellClosed(int code, String reason) {
		if (this.ended.compareAndSet(false, true)) {
			hasEndedNow();
			this.attempt.closed(code, reason);
		}
	}

	private void hasEndedNow() {
		this.brake.release();
		this.surroundings.sockets().remove(this);
	}

	private void giveUpInTime(Writer writer) {
		this.surroundings.time().schedule("give up writer", GIVE_UP_WRITER_NANOS, writer::giveUp);
	}

	private void sendClose(int code, String reason) {
		try {
			ContainerProperties.beforeClose(this.nativeSession.getUserProperties(), this.closeTimeout);
			this.session.close(new CloseStatus(code, reason));
			awaitAnswer(code, FIRST_LOOK_NANOS);
		}
		catch (IOException | RuntimeException ex) {
			tellFailed(Disconnect.of(Kind.WRITE_FAILED, "the close frame could not be sent").causedBy(ex));
		}
	}

	// Looks whether the peer has answered our close frame, where the container does not
	// tell, until it has or the abort comes that follows the close timeout.
	private void awaitAnswer(int code, long delayNanos) {
		if (this.surroundings.container().isClosed(this.nativeSession)) {
			tellClosed(code, "");
		}
		else if (!hasEnded() && this.surroundings.container().closesSilently()) {
			long next = Math.min(delayNanos * 2, LONGEST_LOOK_NANOS);
			this.surroundings.time().schedule("closing handshake", delayNanos, () -> awaitAnswer(code, next));
		}
	}

	private void endSession(int code) {
		try {
			ContainerProperties.beforeAbort(this.nativeSession.getUserProperties());
			this.surroundings.container().abort(this.nativeSession, new CloseReason(CloseCodes.getCloseCode(code), ""));
		}
		catch (IOException | RuntimeException ex) {
			// Nobody is interested in this socket any more.
			logger.debug("Giving a socket up failed: {}", ex.getClass().getName());
		}
	}

}
