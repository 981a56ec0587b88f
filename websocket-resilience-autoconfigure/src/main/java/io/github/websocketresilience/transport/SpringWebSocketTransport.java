package io.github.websocketresilience.transport;

import javax.net.ssl.SSLContext;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.Workers;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * Sockets over Spring's {@code StandardWebSocketClient}, all on one container: a given
 * one, else Tomcat's, else what {@link ContainerProvider} finds. No method blocks; what
 * does runs on the threads of {@link Workers}.
 * <p>
 * What Tomcat's client cannot do: it shows neither the headers of a refused upgrade
 * ({@code Retry-After}) nor the pings of the peer, tells a close frame without a code as
 * 1000 and the codes 1012 to 1015 as 1002, tells a close frame that comes while a write
 * is stuck when that has ended, and does not notice that TCP ended while it waits for the
 * peer's answer to our close frame. A Tomcat container of somebody else's, without TLS,
 * keeps an answer to the upgrade whole, however long; a server that sends it faster than
 * it is read fills the heap.
 */
public final class SpringWebSocketTransport implements Transport, AutoCloseable {

	private final Surroundings surroundings;

	private final HandshakeLimits limits;

	/**
	 * Create a transport.
	 * @param container whose owner destroys it, or {@code null} for one of our own
	 * @param workers run what may block
	 * @param time runs timers
	 * @throws IllegalStateException if there is no container
	 */
	public SpringWebSocketTransport(@Nullable WebSocketContainer container, Workers workers, Time time) {
		this(container, workers, time, SpringWebSocketTransport::noBundle);
	}

	/**
	 * Create a transport with keys and trusted certificates of one's own. Jetty's
	 * container takes them from its own {@code HttpClient} and ignores these.
	 * @param container whose owner destroys it, or {@code null} for one of our own
	 * @param workers run what may block
	 * @param time runs timers
	 * @param ssl knows the bundles that connections name
	 * @throws IllegalStateException if there is no container
	 */
	public SpringWebSocketTransport(@Nullable WebSocketContainer container, Workers workers, Time time,
			SslContexts ssl) {
		this(new Surroundings((container != null) ? Container.of(container) : find(), workers, time, ssl),
				HostLookup.ofSystem());
	}

	SpringWebSocketTransport(Surroundings surroundings, HostLookup lookup) {
		this.surroundings = surroundings;
		this.limits = new HandshakeLimits(new AbandonedHandshakes(), lookup);
	}

	@Override
	public Connecting connect(ConnectionSettings settings, Attempt attempt) {
		if (this.surroundings.sockets().isClosed()) {
			this.surroundings.workers()
				.io(() -> attempt.failed(Disconnect.of(Kind.INTERNAL_ERROR, "the transport is closed")));
			return () -> {
			};
		}
		Handshake handshake = new Handshake(settings, attempt, this.surroundings, this.limits);
		handshake.begin();
		return handshake;
	}

	/**
	 * End the sockets that are left with 1001, and destroy the container if it is our
	 * own. May block for at most 50 ms a socket. Attempts fail from now on.
	 */
	@Override
	public void close() {
		if (!this.surroundings.sockets().isClosed()) {
			this.surroundings.sockets().close();
			this.surroundings.container().destroy();
		}
	}

	static SSLContext noBundle(String bundle) {
		throw new IllegalStateException("There is no SSL bundle");
	}

	static Container find() {
		if (Container.isTomcatThere()) {
			return TomcatContainer.create();
		}
		try {
			return Container.of(ContainerProvider.getWebSocketContainer());
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("No WebSocket container on the class path; "
					+ "add 'org.apache.tomcat.embed:tomcat-embed-websocket'", ex);
		}
	}

}
