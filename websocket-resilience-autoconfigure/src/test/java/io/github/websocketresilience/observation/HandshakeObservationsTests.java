package io.github.websocketresilience.observation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Diagnostics;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.StubConnection;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeObservations}.
 */
class HandshakeObservationsTests {

	private static final Disconnect REFUSED = Disconnect.refused(503, null);

	private static final Disconnect CLOSED = Disconnect.of(Kind.CLOSE_REQUESTED, "closed on request");

	private final Recorder recorder = new Recorder();

	private final HandshakeObservations observations = new HandshakeObservations(this.recorder.registry(), null);

	private final StubConnection connection = connecting(settings(null, true));

	@Test
	void attemptThatOpensIsObserved() {
		added();
		customize(1, null);
		assertThat(this.recorder.started()).hasSize(1);
		assertThat(this.recorder.stopped()).isEmpty();
		opened(1);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(context.getName()).isEqualTo("websocket.client.handshake");
			assertThat(context.getContextualName()).isEqualTo("prices handshake");
			assertThat(context.getError()).isNull();
			assertThat(context.getLowCardinalityKeyValues()).extracting(Object::toString)
				.containsExactlyInAnyOrder("keyValue(connection=prices)", "keyValue(outcome=opened)",
						"keyValue(kind=none)", "keyValue(status=none)");
			assertThat(context.getHighCardinalityKeyValues()).extracting(Object::toString)
				.containsExactlyInAnyOrder("keyValue(websocket.connection=prices)", "keyValue(websocket.attempt=1)",
						"keyValue(websocket.url=wss://example.com/ws)");
		});
	}

	@Test
	void refusedUpgradeIsAnErrorWithItsStatus() {
		added();
		customize(1, null);
		failed(1, REFUSED);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(context.getError()).isInstanceOf(HandshakeFailedException.class)
				.hasMessage("upgrade refused with HTTP 503");
			assertThat(outcome(context)).isEqualTo("failed");
			assertThat(Recorder.value(context, "kind")).isEqualTo("upgrade_refused");
			assertThat(Recorder.value(context, "status")).isEqualTo("503");
		});
	}

	@Test
	void customizerThatFailsLaterEndsTheAttempt() {
		added();
		customize(1, null);
		failed(1, Disconnect.of(Kind.CUSTOMIZER_FAILED, "handshake customizer failed with A"));
		assertThat(this.recorder.stopped()).singleElement()
			.satisfies((context) -> assertThat(Recorder.value(context, "kind")).isEqualTo("customizer_failed"));
	}

	@Test
	void closeOnPurposeIsNoError() {
		added();
		customize(1, null);
		failed(1, CLOSED);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(outcome(context)).isEqualTo("cancelled");
			assertThat(context.getError()).isNull();
		});
	}

	@Test
	void everyAttemptHasItsOwnEndThoughItIsToldLate() {
		added();
		customize(1, null);
		customize(2, REFUSED);
		Disconnect second = Disconnect.refused(401, null);
		customize(3, second);
		failed(1, REFUSED);
		failed(2, second);
		opened(3);
		assertThat(this.recorder.stopped()).extracting((context) -> Recorder.value(context, "websocket.attempt"))
			.containsExactly("1", "2", "3");
		assertThat(this.recorder.stopped()).extracting((context) -> Recorder.value(context, "status"))
			.containsExactly("503", "401", "none");
	}

	@Test
	void endOfASocketIsNoEndOfAnAttempt() {
		added();
		customize(1, null);
		opened(1);
		Disconnect lost = Disconnect.of(Kind.CONNECTION_LOST, "connection lost");
		customize(2, lost);
		ended(1, lost, true);
		assertThat(this.recorder.stopped()).hasSize(1);
		opened(2);
		assertThat(this.recorder.stopped()).extracting(HandshakeObservationsTests::outcome)
			.containsExactly("opened", "opened");
	}

	@Test
	void attemptThatWasNeverBegunDoesNotEndTheOneOfTheNextStart() {
		added();
		customize(1, CLOSED);
		failed(1, CLOSED);
		assertThat(this.recorder.stopped()).isEmpty();
		opened(1);
		assertThat(this.recorder.stopped()).extracting(HandshakeObservationsTests::outcome).containsExactly("opened");
	}

	@Test
	void attemptThatIsOverWhenItBeginsIsCancelled() {
		added();
		this.connection.be(ConnectionState.CLOSED, Instant.EPOCH, null);
		customize(1, null);
		assertThat(this.recorder.stopped()).extracting(HandshakeObservationsTests::outcome)
			.containsExactly("cancelled");
		failed(1, CLOSED);
		assertThat(this.recorder.stopped()).hasSize(1);
	}

	@Test
	void attemptWhoseEndWasMissedIsOverWithTheNext() {
		added();
		customize(1, null);
		customize(1, null);
		opened(1);
		assertThat(this.recorder.stopped()).extracting(HandshakeObservationsTests::outcome)
			.containsExactly("cancelled", "opened");
	}

	@Test
	void removedConnectionLeavesNothingOpen() {
		added();
		customize(1, null);
		this.observations.onRemoved(this.connection);
		assertThat(this.recorder.stopped()).extracting(HandshakeObservationsTests::outcome)
			.containsExactly("cancelled");
		customize(2, REFUSED);
		failed(2, CLOSED);
		assertThat(this.recorder.started()).hasSize(1);
	}

	@Test
	void connectionsDoNotMix() {
		StubConnection other = connecting(ConnectionSettings.builder("other", URI.create("ws://localhost")).build());
		added();
		this.observations.onAdded(other);
		customize(1, null);
		this.observations
			.onEvent(new ConnectionEvent.Opened("other", 1, Instant.EPOCH, "", Duration.ZERO, Duration.ZERO));
		assertThat(this.recorder.stopped()).isEmpty();
	}

	@Test
	void connectionIsShownByItsGroup() {
		StubConnection member = connecting(settings("feeds", true));
		this.observations.onAdded(member);
		this.observations.customize(new HandshakeRequest(member.settings(), 1, null));
		assertThat(this.recorder.started()).singleElement().satisfies((context) -> {
			assertThat(Recorder.value(context, "connection")).isEqualTo("feeds");
			assertThat(Recorder.value(context, "websocket.connection")).isEqualTo("prices");
		});
	}

	@Test
	void switchedOffNothingIsObserved() {
		StubConnection quiet = connecting(settings(null, false));
		this.observations.onAdded(quiet);
		HandshakeRequest request = new HandshakeRequest(quiet.settings(), 1, null);
		this.observations.customize(request);
		assertThat(this.recorder.started()).isEmpty();
		assertThat(request.headers()).isEmpty();
	}

	@Test
	void withoutHandlersNothingIsObserved() {
		HandshakeObservations idle = new HandshakeObservations(Recorder.noop(), null);
		idle.onAdded(this.connection);
		HandshakeRequest request = new HandshakeRequest(this.connection.settings(), 1, null);
		assertThat(idle.customize(request)).isNull();
		assertThat(request.headers()).isEmpty();
	}

	@Test
	void switchedOffByNameNothingIsObserved() {
		this.recorder.registry()
			.observationConfig()
			.observationPredicate((name, context) -> !name.equals("websocket.client.handshake"));
		added();
		customize(1, null);
		opened(1);
		assertThat(this.recorder.started()).isEmpty();
	}

	@Test
	void handlerSendsHeadersThatAreNoCustomization() {
		this.recorder.registry().observationConfig().observationHandler(new Sender());
		added();
		HandshakeRequest request = customize(1, null);
		assertThat(request.headers()).isEqualTo(Map.of("traceparent", "00-1-2-01"));
		assertThat(request.isCustomized()).isFalse();
	}

	@Test
	void remoteAddressHasAPortAndNoSecret() {
		added();
		customize(1, null);
		assertThat(this.recorder.started()).singleElement()
			.satisfies(
					(context) -> assertThat(((WebSocketHandshakeObservationContext) context).getRemoteServiceAddress())
						.isEqualTo("wss://example.com:443"));
	}

	@Test
	void handlerThatThrowsCostsNoAttempt() {
		Logger logger = (Logger) LoggerFactory.getLogger(HandshakeObservations.class);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		logger.setAdditive(false);
		try {
			ObservationRegistry broken = ObservationRegistry.create();
			broken.observationConfig().observationHandler(new Broken());
			HandshakeObservations failing = new HandshakeObservations(broken, null);
			failing.onAdded(this.connection);
			HandshakeRequest request = new HandshakeRequest(this.connection.settings(), 1, null);
			assertThat(failing.customize(request)).isNull();
			assertThat(failing.customize(request)).isNull();
			assertThat(lines.list).singleElement()
				.satisfies((line) -> assertThat(line.getFormattedMessage()).startsWith("prices: "));
		}
		finally {
			logger.detachAppender(lines);
			logger.setAdditive(true);
		}
	}

	@Test
	void conventionIsTheUsers() {
		HandshakeObservations custom = new HandshakeObservations(this.recorder.registry(),
				new DefaultWebSocketHandshakeObservationConvention() {

					@Override
					public String getName() {
						return "mine";
					}

				});
		custom.onAdded(this.connection);
		custom.customize(new HandshakeRequest(this.connection.settings(), 1, null));
		assertThat(this.recorder.started()).extracting(Observation.Context::getName).containsExactly("mine");
	}

	@Test
	void nothingOfItHoldsASecret() {
		added();
		customize(1, null);
		failed(1, REFUSED);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(context.getAllKeyValues().toString()).contains("wss://example.com/ws").doesNotContain("secret");
			assertThat(context.toString()).doesNotContain("secret");
		});
	}

	private void added() {
		this.observations.onAdded(this.connection);
	}

	private HandshakeRequest customize(long attempt, @Nullable Disconnect last) {
		HandshakeRequest request = new HandshakeRequest(this.connection.settings(), attempt, last);
		assertThat(this.observations.customize(request)).isNull();
		return request;
	}

	private void opened(long attempt) {
		this.observations.onEvent(
				new ConnectionEvent.Opened("prices", attempt, Instant.EPOCH, "secret", Duration.ZERO, Duration.ZERO));
	}

	private void failed(long attempt, Disconnect why) {
		ended(attempt, why, false);
	}

	private void ended(long attempt, Disconnect why, boolean opened) {
		this.observations.onEvent(new ConnectionEvent.Disconnected("prices", attempt, Instant.EPOCH, why, opened));
	}

	private static String outcome(Observation.Context context) {
		return Recorder.value(context, "outcome");
	}

	private static StubConnection connecting(ConnectionSettings settings) {
		StubConnection connection = new StubConnection(settings);
		connection.be(ConnectionState.CONNECTING, Instant.EPOCH, null);
		return connection;
	}

	private static ConnectionSettings settings(@Nullable String group, boolean observed) {
		return ConnectionSettings.builder("prices", URI.create("wss://secret:secret@example.com/ws?token=secret"))
			.handshake(new ConnectionSettings.Handshake(Map.of(), Map.of(), List.of(), Duration.ofSeconds(10)))
			.group(group)
			.diagnostics(new Diagnostics(observed, 0))
			.build();
	}

	/**
	 * Does what a handler of spans does.
	 */
	private static final class Sender implements ObservationHandler<WebSocketHandshakeObservationContext> {

		@Override
		public void onStart(WebSocketHandshakeObservationContext context) {
			context.getSetter().set(context.getCarrier(), "traceparent", "00-1-2-01");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof WebSocketHandshakeObservationContext;
		}

	}

	private static final class Broken implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("planned");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
