package io.github.websocketresilience.observation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Diagnostics;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.DeliveryInterceptor.Delivery;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.UnreadableMessageException;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link MessageObservationInterceptor}.
 */
class MessageObservationInterceptorTests {

	private static final Message MESSAGE = new Message.Text("secret");

	private final Recorder recorder = new Recorder();

	private final HandshakeObservations handshakes = new HandshakeObservations(this.recorder.registry(), null);

	private final MessageObservationInterceptor interceptor = new MessageObservationInterceptor(
			this.recorder.registry(), this.handshakes, null);

	private final StubConnection connection = new StubConnection(
			ConnectionSettings.builder("prices", URI.create("ws://localhost")).build());

	@BeforeEach
	void connect() {
		this.connection.be(ConnectionState.CONNECTING, Instant.EPOCH, null);
		this.handshakes.onAdded(this.connection);
	}

	@Test
	void messageIsObservedWhileTheListenerRuns() {
		AtomicReference<@Nullable Observation> current = new AtomicReference<>();
		deliver(MESSAGE, () -> current.set(this.recorder.registry().getCurrentObservation()));
		assertThat(this.recorder.registry().getCurrentObservation()).isNull();
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(current.get()).isNotNull();
			assertThat(current.get().getContext()).isSameAs(context);
			assertThat(context.getName()).isEqualTo("websocket.client.process");
			assertThat(context.getContextualName()).isEqualTo("prices process");
			assertThat(context.getError()).isNull();
			assertThat(context.getLowCardinalityKeyValues()).extracting(Object::toString)
				.containsExactlyInAnyOrder("keyValue(connection=prices)", "keyValue(type=text)",
						"keyValue(exception=none)");
			assertThat(context.getHighCardinalityKeyValues()).extracting(Object::toString)
				.containsExactlyInAnyOrder("keyValue(websocket.connection=prices)", "keyValue(websocket.attempt=0)",
						"keyValue(websocket.message.size=6)");
			assertThat(context.toString()).doesNotContain("secret");
		});
	}

	@Test
	void binaryMessageIsOfItsOwnType() {
		deliver(new Message.Binary(new byte[3]), () -> {
		});
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(Recorder.value(context, "type")).isEqualTo("binary");
			assertThat(Recorder.value(context, "websocket.message.size")).isEqualTo("3");
		});
	}

	@Test
	void messageIsObservedOncePerListener() {
		deliver(MESSAGE, () -> {
		});
		deliver(MESSAGE, () -> {
		});
		assertThat(this.recorder.stopped()).hasSize(2);
	}

	@Test
	void eventsAreNotObserved() {
		AtomicReference<String> called = new AtomicReference<>("no");
		this.interceptor.intercept(new Delivery(this.connection, null, opened(1)), () -> called.set("yes"));
		assertThat(called).hasValue("yes");
		assertThat(this.recorder.started()).isEmpty();
	}

	@Test
	void whatAListenerThrowsIsTheErrorAndPasses() {
		IllegalStateException failure = new IllegalStateException("planned");
		assertThatThrownBy(() -> deliver(MESSAGE, () -> {
			throw failure;
		})).isSameAs(failure);
		assertThat(this.recorder.registry().getCurrentObservation()).isNull();
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(context.getError()).isSameAs(failure);
			assertThat(Recorder.value(context, "exception")).isEqualTo("IllegalStateException");
		});
	}

	@Test
	void ofAListenerMethodItsOwnExceptionIsTheError() {
		IllegalStateException failure = new IllegalStateException("planned");
		ListenerMethodException thrown = new ListenerMethodException("Prices.on", failure);
		assertThatThrownBy(() -> deliver(MESSAGE, () -> {
			throw thrown;
		})).isSameAs(thrown);
		assertThat(this.recorder.stopped()).singleElement()
			.satisfies((context) -> assertThat(context.getError()).isSameAs(failure));
	}

	@Test
	void errorOfAnUnreadableMessageShowsNoPayload() {
		UnreadableMessageException unreadable = new UnreadableMessageException("Price", MESSAGE,
				new NumberFormatException("secret"));
		ListenerMethodException thrown = new ListenerMethodException("Prices.on",
				new IllegalStateException("wrapped", unreadable));
		assertThatThrownBy(() -> deliver(MESSAGE, () -> {
			throw thrown;
		})).isSameAs(thrown);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(Recorder.value(context, "exception")).isEqualTo("UnreadableMessageException");
			assertThat(stackTrace(context.getError())).contains("Caused by: java.lang.NumberFormatException")
				.doesNotContain("secret");
		});
	}

	@Test
	void messageBelongsToTheHandshakeOfItsSocket() {
		begin(1, null);
		this.handshakes.onEvent(opened(1));
		deliver(opened(1));
		deliver(MESSAGE, () -> {
		});
		assertThat(process()).satisfies((context) -> {
			assertThat(context.getHandshake()).isSameAs(this.recorder.started().get(0));
			assertThat(Recorder.value(context, "websocket.attempt")).isEqualTo("1");
		});
	}

	@Test
	void listenerMayBeToldOfTheOpenBeforeTheObservers() {
		begin(1, null);
		deliver(opened(1));
		this.handshakes.onEvent(opened(1));
		deliver(opened(1));
		deliver(MESSAGE, () -> {
		});
		assertThat(process().getHandshake()).isSameAs(this.recorder.started().get(0));
	}

	@Test
	void listenerThatIsBehindGetsTheHandshakeOfItsOwnSocket() {
		Disconnect lost = Disconnect.of(Disconnect.Kind.CONNECTION_LOST, "connection lost");
		begin(1, null);
		this.handshakes.onEvent(opened(1));
		deliver(opened(1));
		this.handshakes.onEvent(disconnected(lost));
		begin(1, lost);
		this.handshakes.onEvent(opened(1));
		deliver(MESSAGE, () -> {
		});
		assertThat(process().getHandshake()).isSameAs(this.recorder.started().get(0));
		deliver(disconnected(lost));
		deliver(opened(1));
		deliver(MESSAGE, () -> {
		});
		assertThat(process().getHandshake()).isSameAs(this.recorder.started().get(1));
	}

	@Test
	void afterTooManySocketsTheOldestHandshakesAreForgotten() {
		Disconnect last = null;
		for (int i = 0; i <= HandshakeTrail.MOST_OPENED; i++) {
			begin(1, last);
			this.handshakes.onEvent(opened(1));
			last = Disconnect.of(Disconnect.Kind.CONNECTION_LOST, "connection lost");
			this.handshakes.onEvent(disconnected(last));
		}
		deliver(opened(1));
		deliver(MESSAGE, () -> {
		});
		assertThat(process().getHandshake()).isNull();
	}

	@Test
	void whenEventsWereSkippedTheSocketIsNotKnown() {
		begin(1, null);
		deliver(opened(1));
		deliver(new ConnectionEvent.EventsSkipped("prices", 1, Instant.EPOCH, Map.of("Opened", 1L)));
		deliver(MESSAGE, () -> {
		});
		assertThat(process().getHandshake()).isNull();
	}

	@Test
	void ofARemovedConnectionNothingIsKnown() {
		begin(1, null);
		deliver(opened(1));
		this.handshakes.onRemoved(this.connection);
		deliver(disconnected(Disconnect.of(Disconnect.Kind.CLOSE_REQUESTED, "closed on request")));
		deliver(MESSAGE, () -> {
		});
		assertThat(process().getHandshake()).isNull();
	}

	@Test
	void connectionDecidesAndSoDoesTheRegistry() {
		ConnectionSettings quiet = ConnectionSettings.builder("quiet", URI.create("ws://localhost"))
			.diagnostics(new Diagnostics(false, 0))
			.build();
		assertThat(this.interceptor.supports(this.connection.settings())).isTrue();
		assertThat(this.interceptor.supports(quiet)).isFalse();
		assertThat(new MessageObservationInterceptor(Recorder.noop(), this.handshakes, null)
			.supports(this.connection.settings())).isFalse();
	}

	@Test
	void conventionIsTheUsers() {
		new MessageObservationInterceptor(this.recorder.registry(), this.handshakes,
				new DefaultWebSocketProcessObservationConvention() {

					@Override
					public String getName() {
						return "mine";
					}

				})
			.intercept(new Delivery(this.connection, MESSAGE, null), () -> {
			});
		assertThat(this.recorder.stopped()).extracting(Observation.Context::getName).containsExactly("mine");
	}

	private void begin(long attempt, @Nullable Disconnect last) {
		this.handshakes.customize(new HandshakeRequest(this.connection.settings(), attempt, last));
	}

	private void deliver(Message message, Runnable listener) {
		this.interceptor.intercept(new Delivery(this.connection, message, null), listener);
	}

	private void deliver(ConnectionEvent event) {
		this.interceptor.intercept(new Delivery(this.connection, null, event), () -> {
		});
	}

	private WebSocketProcessObservationContext process() {
		int last = this.recorder.stopped().size() - 1;
		return (WebSocketProcessObservationContext) this.recorder.stopped().get(last);
	}

	private static ConnectionEvent opened(long attempt) {
		return new ConnectionEvent.Opened("prices", attempt, Instant.EPOCH, "", Duration.ZERO, Duration.ZERO);
	}

	private static ConnectionEvent disconnected(Disconnect why) {
		return new ConnectionEvent.Disconnected("prices", 1, Instant.EPOCH, why, true);
	}

	private static String stackTrace(@Nullable Throwable failure) {
		StringWriter text = new StringWriter();
		assertThat(failure).isNotNull();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
