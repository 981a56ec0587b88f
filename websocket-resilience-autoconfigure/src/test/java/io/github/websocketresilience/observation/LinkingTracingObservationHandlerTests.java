package io.github.websocketresilience.observation;

import java.net.URI;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Message;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LinkingTracingObservationHandler}.
 */
class LinkingTracingObservationHandlerTests {

	private static final ConnectionSettings SETTINGS = ConnectionSettings
		.builder("prices", URI.create("ws://localhost"))
		.build();

	private final SimpleTracer tracer = new SimpleTracer();

	private final ObservationRegistry registry = ObservationRegistry.create();

	LinkingTracingObservationHandlerTests() {
		this.registry.observationConfig()
			.observationHandler(
					new FirstMatchingCompositeObservationHandler(new LinkingTracingObservationHandler(this.tracer),
							new DefaultTracingObservationHandler(this.tracer)));
	}

	@Test
	void messageIsLinkedToItsHandshakeAndNotItsChild() {
		WebSocketHandshakeObservationContext handshake = new WebSocketHandshakeObservationContext(SETTINGS, 1,
				SETTINGS.url());
		Observation.start("handshake", () -> handshake, this.registry).stop();
		SimpleSpan opened = this.tracer.lastSpan();
		process(handshake, () -> assertThat(this.tracer.currentSpan()).isSameAs(this.tracer.lastSpan()));
		assertThat(this.tracer.currentSpan()).isNull();
		SimpleSpan span = this.tracer.lastSpan();
		assertThat(span.getLinks()).containsExactly(new Link(opened));
		assertThat(span.getParentId()).isNullOrEmpty();
		assertThat(span.getKind()).isEqualTo(Span.Kind.CONSUMER);
		assertThat(span.getName()).isEqualTo("prices process");
		assertThat(span.getTags()).containsEntry("connection", "prices").containsEntry("websocket.attempt", "1");
		assertThat(span.getEndTimestamp()).isAfterOrEqualTo(span.getStartTimestamp());
	}

	@Test
	void withoutHandshakeThereIsNoLink() {
		process(null, () -> {
		});
		assertThat(this.tracer.onlySpan().getLinks()).isEmpty();
	}

	@Test
	void handshakeWithoutSpanIsNoLink() {
		process(new WebSocketHandshakeObservationContext(SETTINGS, 1, SETTINGS.url()), () -> {
		});
		assertThat(this.tracer.onlySpan().getLinks()).isEmpty();
	}

	@Test
	void currentSpanIsTheParent() {
		Observation outer = Observation.start("outer", this.registry);
		outer.scoped(() -> process(null, () -> {
		}));
		outer.stop();
		SimpleSpan parent = this.tracer.getSpans().getFirst();
		assertThat(this.tracer.lastSpan().getParentId()).isEqualTo(parent.getSpanId());
		assertThat(this.tracer.lastSpan().getTraceId()).isEqualTo(parent.getTraceId());
	}

	@Test
	void errorIsTheSpans() {
		IllegalStateException failure = new IllegalStateException("planned");
		Observation observation = Observation.createNotStarted(new DefaultWebSocketProcessObservationConvention(),
				() -> context(null), this.registry);
		observation.start().error(failure).stop();
		assertThat(this.tracer.onlySpan().getError()).isSameAs(failure);
	}

	@Test
	void otherContextsAreNotItsBusiness() {
		LinkingTracingObservationHandler handler = new LinkingTracingObservationHandler(this.tracer);
		assertThat(handler.supportsContext(context(null))).isTrue();
		assertThat(handler.supportsContext(new Observation.Context())).isFalse();
	}

	private void process(@Nullable WebSocketHandshakeObservationContext handshake, Runnable listener) {
		Observation
			.createNotStarted(new DefaultWebSocketProcessObservationConvention(), () -> context(handshake),
					this.registry)
			.observe(listener);
	}

	private static WebSocketProcessObservationContext context(
			@Nullable WebSocketHandshakeObservationContext handshake) {
		return new WebSocketProcessObservationContext(SETTINGS, new Message.Text("a"), handshake);
	}

}
