package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.observation.DefaultWebSocketHandshakeObservationConvention;
import io.github.websocketresilience.observation.HandshakeObservations;
import io.github.websocketresilience.observation.LinkingTracingObservationHandler;
import io.github.websocketresilience.observation.MessageObservationInterceptor;
import io.github.websocketresilience.observation.RequestObserver;
import io.github.websocketresilience.observation.WebSocketHandshakeObservationContext;
import io.github.websocketresilience.transport.RawServer;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTraceContext;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketResilienceObservationAutoConfiguration}, with Boot's own
 * handlers of spans and a real server.
 */
class WebSocketResilienceObservationAutoConfigurationTests {

	private final RawServer server = new RawServer(this::serve);

	private final SimpleTracer tracer = new SimpleTracer();

	private final Listener listener = new Listener();

	private final ApplicationContextRunner withoutTracer = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceJacksonAutoConfiguration.class,
				WebSocketResilienceObservationAutoConfiguration.class, JacksonAutoConfiguration.class,
				ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=" + this.server.uri() + "?token=secret",
				"resilient.websocket.request.id=/id", "resilient.websocket.reconnect.delay=20ms")
		.withBean("listener", ConnectionListener.class, () -> this.listener);

	private final ApplicationContextRunner runner = this.withoutTracer
		.withBean("tracer", SimpleTracer.class, () -> this.tracer)
		.withBean("propagator", Propagator.class, TraceParent::new);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void isImportedAfterWhatItNeeds() throws Exception {
		Class<?> ours = WebSocketResilienceObservationAutoConfiguration.class;
		assertThat(ImportCandidates.load(AutoConfiguration.class, null)).contains(ours.getName());
		for (String name : ours.getAnnotation(AutoConfiguration.class).afterName()) {
			assertThat(Class.forName(name)).hasAnnotation(AutoConfiguration.class);
		}
	}

	@Test
	void handshakeSendsItsContextAndMessagesAreLinkedToIt() {
		this.runner.run((context) -> {
			await(() -> finished("default process").size() == 1);
			SimpleSpan handshake = finished("default handshake").get(0);
			assertThat(this.server.connections().get(0).header("traceparent")).isNotEmpty()
				.isEqualTo(TraceParent.of(handshake.context()));
			assertThat(handshake.getKind()).isEqualTo(Span.Kind.CLIENT);
			assertThat(handshake.getTags()).containsEntry("outcome", "opened");
			SimpleSpan process = finished("default process").get(0);
			assertThat(process.getLinks()).containsExactly(new Link(handshake));
			assertThat(process.getParentId()).isNotEqualTo(handshake.getSpanId());
			assertThat(this.listener.spans).containsExactly(process);
		});
	}

	@Test
	void requestOfAListenerIsAChildOfItsMessage() {
		this.listener.asks = true;
		this.runner.run((context) -> {
			await(() -> finished("default request").size() == 1);
			SimpleSpan process = finished("default process").get(0);
			SimpleSpan request = finished("default request").get(0);
			assertThat(request.getParentId()).isEqualTo(process.getSpanId());
			assertThat(request.getKind()).isEqualTo(Span.Kind.CLIENT);
			assertThat(request.getTags()).containsEntry("outcome", "reply");
			assertThat(request.getError()).isNull();
		});
	}

	@Test
	void everyAttemptHasASpanOfItsOwn() {
		this.runner.run((context) -> {
			await(() -> finished("default process").size() == 1);
			this.server.connections().get(0).end();
			await(() -> finished("default process").size() == 2);
			List<SimpleSpan> handshakes = finished("default handshake");
			assertThat(handshakes).hasSize(2);
			assertThat(finished("default process").get(1).getLinks()).containsExactly(new Link(handshakes.get(1)));
			assertThat(this.server.connections().get(1).header("traceparent"))
				.isEqualTo(TraceParent.of(handshakes.get(1).context()));
		});
	}

	@Test
	void everySpanHasEndedWhenTheConnectionIsClosed() {
		this.runner.run((context) -> {
			await(() -> finished("default process").size() == 1);
			context.getBean(WebSocketConnection.class).close().join();
			await(() -> this.tracer.getSpans()
				.stream()
				.allMatch(WebSocketResilienceObservationAutoConfigurationTests::isFinished));
			assertThat(this.tracer.currentSpan()).isNull();
		});
	}

	@Test
	void switchedOffAConnectionIsNotObserved() {
		this.runner.withPropertyValues("resilient.websocket.observation.enabled=false").run((context) -> {
			await(() -> this.listener.messages.size() == 1);
			assertThat(this.tracer.getSpans()).isEmpty();
			assertThat(this.server.connections().get(0).header("traceparent")).isNullOrEmpty();
		});
	}

	@Test
	void switchedOffByNameMessagesAreNotObserved() {
		this.runner.withPropertyValues("management.observations.enable.websocket.client.process=false")
			.run((context) -> {
				await(() -> this.listener.messages.size() == 1 && finished("default handshake").size() == 1);
				assertThat(finished("default process")).isEmpty();
			});
	}

	@Test
	void withoutHandlersNothingIsObserved() {
		this.withoutTracer.run((context) -> {
			WebSocketConnection connection = context.getBean(WebSocketConnection.class);
			await(() -> this.listener.messages.size() == 1);
			assertThat(context).doesNotHaveBean(LinkingTracingObservationHandler.class);
			assertThat(context.getBean(DeliveryInterceptor.class).supports(connection.settings())).isFalse();
			assertThat(context.getBean(MessageObserver.class).supports(connection.settings())).isFalse();
			assertThat(this.server.connections().get(0).header("traceparent")).isNullOrEmpty();
		});
	}

	@Test
	void withoutTracingThereAreObservationsWithoutLinks() {
		this.withoutTracer.withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
			.run((context) -> assertThat(context).hasSingleBean(MessageObservationInterceptor.class)
				.hasSingleBean(HandshakeObservations.class)
				.hasSingleBean(RequestObserver.class));
	}

	@Test
	void withoutRegistryThereIsNothing() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
					WebSocketResilienceObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HandshakeObservations.class)
				.doesNotHaveBean(MessageObservationInterceptor.class)
				.doesNotHaveBean(RequestObserver.class));
	}

	@Test
	void withoutMicrometerThereIsNothing() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
					WebSocketResilienceObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("Observation"));
			});
	}

	@Test
	void conventionsAreTheApplications() {
		this.runner.withBean(MyConvention.class).run((context) -> await(() -> finished("mine").size() == 1));
	}

	@Test
	void everythingBacksOff() {
		ObservationRegistry mine = ObservationRegistry.create();
		HandshakeObservations handshakes = new HandshakeObservations(mine, null);
		this.runner.withBean("a", HandshakeObservations.class, () -> handshakes)
			.withBean("b", MessageObservationInterceptor.class,
					() -> new MessageObservationInterceptor(mine, handshakes, null))
			.withBean("c", RequestObserver.class, () -> new RequestObserver(mine, null))
			.withBean("d", LinkingTracingObservationHandler.class,
					() -> new LinkingTracingObservationHandler(this.tracer))
			.run((context) -> assertThat(context).hasSingleBean(HandshakeObservations.class)
				.hasSingleBean(MessageObservationInterceptor.class)
				.hasSingleBean(RequestObserver.class)
				.hasSingleBean(LinkingTracingObservationHandler.class));
	}

	/** Greet, and answer every request. */
	private void serve(RawServer.Connection connection) throws Exception {
		connection.accept();
		connection.sendText("hello");
		RawServer.Frame frame = connection.readFrame();
		while (frame.opcode() == RawServer.TEXT) {
			connection.sendText(frame.text());
			frame = connection.readFrame();
		}
		connection.sendFrame(true, frame.opcode(), frame.payload());
	}

	private List<SimpleSpan> finished(String name) {
		return this.tracer.getSpans()
			.stream()
			.filter((span) -> name.equals(span.getName()))
			.filter(WebSocketResilienceObservationAutoConfigurationTests::isFinished)
			.toList();
	}

	private static boolean isFinished(SimpleSpan span) {
		return span.getEndTimestamp().toEpochMilli() > 0;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
	}

	static class MyConvention extends DefaultWebSocketHandshakeObservationConvention {

		@Override
		public String getContextualName(WebSocketHandshakeObservationContext context) {
			return "mine";
		}

	}

	/**
	 * Remembers the span that it runs in.
	 */
	private final class Listener implements ConnectionListener {

		private final List<Message> messages = new CopyOnWriteArrayList<>();

		private final List<@Nullable Span> spans = new CopyOnWriteArrayList<>();

		private volatile boolean asks;

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			this.spans.add(WebSocketResilienceObservationAutoConfigurationTests.this.tracer.currentSpan());
			this.messages.add(message);
			if (this.asks) {
				connection.request(Map.of("what", "price"));
			}
		}

	}

	/**
	 * The header of W3C Trace Context, of a tracer that gives roots no id.
	 */
	private static final class TraceParent implements Propagator {

		private final AtomicLong ids = new AtomicLong();

		@Override
		public List<String> fields() {
			return List.of("traceparent");
		}

		@Override
		public <C> void inject(TraceContext context, @Nullable C carrier, Setter<C> setter) {
			SimpleTraceContext simple = (SimpleTraceContext) context;
			if (simple.traceId().isEmpty()) {
				simple.setTraceId("%016x".formatted(this.ids.incrementAndGet()));
				simple.setSpanId(simple.traceId());
			}
			setter.set(carrier, "traceparent", of(context));
		}

		@Override
		public <C> Span.Builder extract(@Nullable C carrier, Getter<C> getter) {
			return Span.Builder.NOOP;
		}

		static String of(TraceContext context) {
			return "00-0000000000000000" + context.traceId() + "-" + context.spanId() + "-01";
		}

	}

}
