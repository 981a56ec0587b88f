package io.github.websocketresilience.transport;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLContext;

import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Workers;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import org.apache.tomcat.websocket.AsyncChannelGroupUtil;
import org.apache.tomcat.websocket.WsFrameBase;
import org.apache.tomcat.websocket.WsSession;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's client container, read at 11.0.24. The only class that names Tomcat's types;
 * it is loaded only when they are there.
 */
final class TomcatContainer extends Container {

	private static final Logger logger = LoggerFactory.getLogger(TomcatContainer.class);

	private static final String SESSION = WsSession.class.getName();

	private static final BrokenClose BROKEN_CLOSE = new BrokenClose(WsSession.class, WsFrameBase.class);

	private static final StackWalker STACK = StackWalker.getInstance();

	/** Ours, if the container is ours. */
	private final @Nullable WatchfulChannels channels;

	private volatile boolean destroyed;

	TomcatContainer(WebSocketContainer container) {
		super(container);
		this.channels = null;
	}

	private TomcatContainer(WsWebSocketContainer container, WatchfulChannels channels) {
		super(container);
		this.channels = channels;
	}

	static TomcatContainer create() {
		WsWebSocketContainer container = new WsWebSocketContainer();
		// Seconds between two looks at SESSION_CLOSE_TIMEOUT; the default is ten.
		container.setProcessPeriod(1);
		return new TomcatContainer(container, new WatchfulChannels(container, AsyncChannelGroupUtil::register));
	}

	static boolean supports(WebSocketContainer container) {
		return container instanceof WsWebSocketContainer;
	}

	@Override
	boolean showsSwitchedOnly() {
		return true;
	}

	/**
	 * Without a context Tomcat makes one for each connection, which loads the JVM's
	 * certificates each time.
	 */
	@Override
	SSLContext tls(@Nullable SSLContext context, BooleanSupplier open) {
		try {
			return new WatchfulSslContext((context != null) ? context : SSLContext.getDefault(), open);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("The JVM's default SSL context cannot be made", ex);
		}
	}

	@Override
	Session connect(Endpoint endpoint, ClientEndpointConfig config, URI uri, BooleanSupplier open)
			throws DeploymentException, IOException {
		if (this.channels == null) {
			return super.connect(endpoint, config, uri, open);
		}
		this.channels.begin(open);
		try {
			return super.connect(endpoint, config, uri, open);
		}
		finally {
			this.channels.end();
			if (this.destroyed) {
				// An attempt that came too late has made Tomcat start again.
				destroy();
			}
		}
	}

	/**
	 * Tomcat calls {@code Endpoint.onClose} with the same sort of reason for a frame that
	 * the peer sent and for one that it sends itself (1002, 1007, 1009, 1006 for an end
	 * without one), and the session's public state is the same in both cases. What
	 * differs is the way: {@code WsSession.onClose} is called by the frame parser when a
	 * close frame has arrived, {@code WsSession.doClose} for everything that begins on
	 * this side. Only one of the two gets to call the endpoint.
	 */
	@Override
	CloseOrigin closeOrigin() {
		return STACK.walk((frames) -> frames.filter((frame) -> frame.getClassName().equals(SESSION))
			.map(StackWalker.StackFrame::getMethodName)
			.map(TomcatContainer::originOf)
			.filter((origin) -> origin != CloseOrigin.UNKNOWN)
			.findFirst()
			.orElse(CloseOrigin.UNKNOWN));
	}

	/**
	 * Tomcat ends the connection as if it had been lost. What was wrong is in its text
	 * only, of which the embedded one has no translations.
	 */
	@Override
	boolean couldNotInflate(String reason) {
		return reason.startsWith("Failed to decompress");
	}

	@Override
	boolean ignoresBrokenCloses() {
		return BROKEN_CLOSE.canBeSeen();
	}

	@Override
	boolean ignoresClose(Session session) {
		return BROKEN_CLOSE.isIn(session);
	}

	/**
	 * The endpoint was told when we sent our close frame; when the peer's answer comes,
	 * Tomcat only changes the session's state.
	 */
	@Override
	boolean closesSilently() {
		return true;
	}

	@Override
	boolean isClosed(Session session) {
		return ((WsSession) session).isClosed();
	}

	@Override
	void abort(Session session, CloseReason reason) {
		WsSession it = (WsSession) session;
		// Closes the channel as well, which frees a stuck sender.
		it.doClose(reason, reason, true);
		// If our close frame had been sent before, the line above did nothing. This is
		// what the peer's answer does: it closes the channel, no questions asked.
		it.onClose(reason);
	}

	@Override
	ReadBrake brake(Session session, Workers workers, Time time) {
		return new Brake((WsSession) session, workers, time);
	}

	@Override
	void destroy() {
		if (this.channels != null) {
			this.destroyed = true;
			((WsWebSocketContainer) delegate()).destroy();
		}
	}

	private static CloseOrigin originOf(String method) {
		return switch (method) {
			case "onClose" -> CloseOrigin.PEER;
			case "doClose" -> CloseOrigin.LOCAL;
			default -> CloseOrigin.UNKNOWN;
		};
	}

	/**
	 * Tomcat's own suspend and resume, which hold no thread.
	 * <p>
	 * They have a hole. A suspended parser stops between two frames, with the rest of
	 * what was read still in its buffer, and one more socket read is left pending. If the
	 * session is resumed while that read is pending, the frames in the buffer are looked
	 * at only when it ends: with the next byte from the peer, which may be waiting for
	 * us. So if no frame shows up after a resume, a ping asks the peer for that byte.
	 */
	private static final class Brake implements ReadBrake {

		private static final long LOOK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

		private final WsSession session;

		private final Workers workers;

		private final Time time;

		private final AtomicLong callbacks = new AtomicLong();

		private volatile boolean paused;

		private volatile boolean released;

		Brake(WsSession session, Workers workers, Time time) {
			this.session = session;
			this.workers = workers;
			this.time = time;
		}

		@Override
		public void pause() {
			this.paused = true;
			this.session.suspend();
		}

		@Override
		public void resume() {
			this.paused = false;
			long before = this.callbacks.get();
			this.workers.io(this.session::resume);
			this.time.schedule("read on", LOOK_AFTER_NANOS, () -> look(before));
		}

		@Override
		public void callbackBegins() {
			// There is one reader at a time, so this needs no atomic increment.
			this.callbacks.lazySet(this.callbacks.get() + 1);
		}

		@Override
		public void callbackEnds() {
			// A suspended session holds no thread.
		}

		@Override
		public void release() {
			this.released = true;
		}

		private void look(long before) {
			if (!this.paused && !this.released && this.callbacks.get() == before) {
				this.workers.io(this::ping);
			}
		}

		private void ping() {
			try {
				if (this.session.isOpen()) {
					this.session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
				}
			}
			catch (IOException | RuntimeException ex) {
				// Whoever reads or writes next will find out and tell.
				logger.debug("Ping after a pause failed: {}", ex.getClass().getName());
			}
		}

	}

}
