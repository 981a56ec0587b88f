package io.github.websocketresilience.observation;

import java.util.concurrent.CompletionException;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each request until its future completes. Its parent is the current observation
 * of the thread that asks.
 */
public final class RequestObserver implements MessageObserver {

	private final WebSocketRequestObservationConvention defaultConvention = new DefaultWebSocketRequestObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable WebSocketRequestObservationConvention convention;

	/**
	 * Create an observer.
	 * @param registry where to observe
	 * @param convention names and keys, or {@code null} for those of the registry or, if
	 * it has none, the default
	 */
	public RequestObserver(ObservationRegistry registry, @Nullable WebSocketRequestObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public boolean supports(ConnectionSettings settings) {
		return settings.diagnostics().observed() && !this.registry.isNoop();
	}

	@Override
	public void onSend(Sending sending) {
		if (sending.request()) {
			observe(sending);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the observation ends with the outcome
	private void observe(Sending sending) {
		WebSocketRequestObservationContext context = new WebSocketRequestObservationContext(
				sending.connection().settings(), sending.message());
		Observation observation = WebSocketClientObservationDocumentation.REQUEST.start(this.convention,
				this.defaultConvention, () -> context, this.registry);
		sending.outcome().whenComplete((reply, failure) -> {
			if (failure != null) {
				observation.error(causeOf(failure));
			}
			else if (reply instanceof Message message) {
				context.setResponse(message);
			}
			observation.stop();
		});
	}

	private static Throwable causeOf(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
