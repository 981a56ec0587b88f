package io.github.websocketresilience.observation;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each message that a listener handles, with a link to the span of the
 * handshake whose socket it came from. The handshake is not the parent: a trace would
 * last as long as the connection. Must come before handlers for every
 * {@link io.micrometer.observation.transport.ReceiverContext}, of which the first one
 * that supports a context is taken.
 */
public final class LinkingTracingObservationHandler
		implements TracingObservationHandler<WebSocketProcessObservationContext> {

	private final Tracer tracer;

	/**
	 * Create a handler.
	 * @param tracer makes spans
	 */
	public LinkingTracingObservationHandler(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof WebSocketProcessObservationContext;
	}

	@Override
	public void onStart(WebSocketProcessObservationContext context) {
		Span.Builder builder = this.tracer.spanBuilder().kind(Span.Kind.CONSUMER);
		Span parent = getParentSpan(context);
		if (parent != null) {
			builder.setParent(parent.context());
		}
		Span handshake = spanOf(context.getHandshake());
		if (handshake != null) {
			builder.addLink(new Link(handshake));
		}
		getTracingContext(context).setSpan(builder.start());
	}

	@Override
	public void onStop(WebSocketProcessObservationContext context) {
		Span span = getRequiredSpan(context);
		span.name(getSpanName(context));
		tagSpan(context, span);
		endSpan(context, span);
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

	private static @Nullable Span spanOf(Observation.@Nullable ContextView handshake) {
		TracingContext tracing = (handshake != null) ? handshake.get(TracingContext.class) : null;
		return (tracing != null) ? tracing.getSpan() : null;
	}

}
