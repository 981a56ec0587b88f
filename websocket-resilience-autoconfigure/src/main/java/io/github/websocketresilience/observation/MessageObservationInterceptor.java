package io.github.websocketresilience.observation;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each message that a listener handles. The observation is the current one on
 * the thread of the listener while it runs, so what the listener logs and does belongs to
 * it. What the listener throws is its error. Events are not observed.
 */
public final class MessageObservationInterceptor implements DeliveryInterceptor {

	private final WebSocketProcessObservationConvention defaultConvention = new DefaultWebSocketProcessObservationConvention();

	private final ObservationRegistry registry;

	private final HandshakeObservations handshakes;

	private final @Nullable WebSocketProcessObservationConvention convention;

	/**
	 * Create an interceptor.
	 * @param registry where to observe
	 * @param handshakes know where messages came from
	 * @param convention names and keys, or {@code null} for those of the registry or, if
	 * it has none, the default
	 */
	public MessageObservationInterceptor(ObservationRegistry registry, HandshakeObservations handshakes,
			@Nullable WebSocketProcessObservationConvention convention) {
		this.registry = registry;
		this.handshakes = handshakes;
		this.convention = convention;
	}

	@Override
	public boolean supports(ConnectionSettings settings) {
		return settings.diagnostics().observed() && !this.registry.isNoop();
	}

	@Override
	public void intercept(Delivery delivery, Runnable call) {
		if (delivery.message() != null) {
			observe(delivery.connection(), delivery.message(), call);
		}
		else {
			if (delivery.event() != null) {
				this.handshakes.delivered(delivery.event());
			}
			call.run();
		}
	}

	@SuppressWarnings("try") // the scope is there to be open
	private void observe(WebSocketConnection connection, Message message, Runnable call) {
		Observation observation = WebSocketClientObservationDocumentation.PROCESS.start(this.convention,
				this.defaultConvention, () -> context(connection, message), this.registry);
		try (Observation.Scope scope = observation.openScope()) {
			call.run();
		}
		catch (Throwable ex) {
			observation.error(ListenerFailures.recorded(ex, message));
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	private WebSocketProcessObservationContext context(WebSocketConnection connection, Message message) {
		return new WebSocketProcessObservationContext(connection.settings(), message,
				this.handshakes.current(connection.name()));
	}

}
