package io.github.websocketresilience.observation;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes each attempt to connect, and sends the trace context with it. Begins as a
 * customizer, which should be the first: what the others do, asking for a token for one,
 * is part of the attempt. Ends when the attempt is told to be over.
 * <p>
 * No scope is left open in between: that would be on a thread that the attempt leaves.
 * Whatever handlers and conventions throw costs the observation, not the attempt.
 * Thread-safe.
 */
public final class HandshakeObservations implements HandshakeCustomizer, ConnectionObserver {

	private static final Logger logger = LoggerFactory.getLogger(HandshakeObservations.class);

	private final Map<String, HandshakeTrail> trails = new ConcurrentHashMap<>();

	private final AtomicBoolean failureLogged = new AtomicBoolean();

	private final WebSocketHandshakeObservationConvention defaultConvention = new DefaultWebSocketHandshakeObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable WebSocketHandshakeObservationConvention convention;

	/**
	 * Create observations. Connections that are made while the registry is a no-op are
	 * not observed.
	 * @param registry where to observe
	 * @param convention names and keys, or {@code null} for those of the registry or, if
	 * it has none, the default
	 */
	public HandshakeObservations(ObservationRegistry registry,
			@Nullable WebSocketHandshakeObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public void onAdded(WebSocketConnection connection) {
		if (connection.settings().diagnostics().observed() && !this.registry.isNoop()) {
			this.trails.put(connection.name(), new HandshakeTrail(connection));
		}
	}

	@Override
	public void onRemoved(WebSocketConnection connection) {
		HandshakeTrail trail = this.trails.remove(connection.name());
		if (trail != null) {
			trail.removed();
		}
	}

	@Override
	public void onEvent(ConnectionEvent event) {
		HandshakeTrail trail = this.trails.get(event.connection());
		if (trail != null) {
			trail.told(event);
		}
	}

	@Override
	public @Nullable CompletionStage<?> customize(HandshakeRequest request) {
		HandshakeTrail trail = this.trails.get(request.connection());
		if (trail != null) {
			try {
				begin(request, trail);
			}
			catch (RuntimeException ex) {
				if (this.failureLogged.compareAndSet(false, true)) {
					logger.warn("{}: a handshake could not be observed; this is logged once", request.connection(), ex);
				}
			}
		}
		return null;
	}

	private void begin(HandshakeRequest request, HandshakeTrail trail) {
		WebSocketHandshakeObservationContext context = new WebSocketHandshakeObservationContext(request.settings(),
				request.attempt(), request.uri());
		Observation observation = WebSocketClientObservationDocumentation.HANDSHAKE.start(this.convention,
				this.defaultConvention, () -> context, this.registry);
		if (!observation.isNoop()) {
			context.headers().forEach(request::traceHeader);
			trail.begun(new Handshake(request.lastDisconnect(), context, observation));
		}
	}

	/**
	 * A listener is given an event.
	 */
	void delivered(ConnectionEvent event) {
		HandshakeTrail trail = this.trails.get(event.connection());
		if (trail != null) {
			trail.delivered(event);
		}
	}

	/**
	 * Return the handshake of the socket whose messages listeners are given.
	 */
	@Nullable WebSocketHandshakeObservationContext current(String connection) {
		HandshakeTrail trail = this.trails.get(connection);
		return (trail != null) ? trail.current() : null;
	}

}
