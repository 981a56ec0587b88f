package io.github.websocketresilience.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.StubConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventMeters}.
 */
class EventMetersTests {

	private static final Disconnect REFUSED = Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused");

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ConnectionObserver observer = new MetricsConnectionObserver(this.registry);

	private final Told prices = new Told(this.observer, "prices");

	@BeforeEach
	void add() {
		this.observer.onAdded(new StubConnection("prices"));
	}

	@AfterEach
	void close() {
		this.registry.close();
	}

	@Test
	void attemptsAreCountedByOutcome() {
		this.prices.opened(Duration.ofMillis(35), Duration.ZERO);
		this.prices.attemptFailed(REFUSED);
		this.prices.attemptFailed(REFUSED);
		this.prices.attemptFailed(Disconnect.of(Disconnect.Kind.CLOSE_REQUESTED, "closed on request"));
		assertThat(count("attempts", "outcome", "opened")).isEqualTo(1);
		assertThat(count("attempts", "outcome", "failed")).isEqualTo(2);
		assertThat(count("attempts", "outcome", "cancelled")).isEqualTo(1);
		assertThat(this.registry.find("websocket.client.disconnects").counters()).isEmpty();
		assertThat(timer("connect.time").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(35);
		assertThat(timer("uptime").count()).isZero();
	}

	@Test
	void disconnectsAreCountedByKindAndTheirUptimeIsTaken() {
		this.prices.disconnected(Disconnect.peerClosed(1001, "").after(Duration.ofSeconds(7), Duration.ZERO, 0));
		this.prices.disconnected(Disconnect.peerClosed(1012, "").after(Duration.ofSeconds(5), Duration.ZERO, 0));
		this.prices.disconnected(Disconnect.of(Disconnect.Kind.HEARTBEAT_TIMEOUT, "silent"));
		assertThat(count("disconnects", "close.code.class", "1001")).isEqualTo(1);
		assertThat(count("disconnects", "close.code.class", "1xxx")).isEqualTo(1);
		assertThat(count("disconnects", "kind", "heartbeat_timeout")).isEqualTo(1);
		assertThat(count("attempts", "outcome", "failed")).isZero();
		assertThat(timer("uptime").count()).isEqualTo(3);
		assertThat(timer("uptime").totalTime(TimeUnit.SECONDS)).isEqualTo(12);
	}

	@Test
	void downtimeIsThatOfReopeningsNotOfStarts() {
		this.prices.opened(Duration.ofMillis(35), Duration.ofSeconds(60));
		assertThat(timer("downtime").count()).isZero();
		this.prices.disconnected(REFUSED);
		this.prices.attemptFailed(REFUSED);
		this.prices.opened(Duration.ofMillis(35), Duration.ofSeconds(3));
		assertThat(timer("downtime").count()).isEqualTo(1);
		assertThat(timer("downtime").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
		this.prices.disconnected(Disconnect.of(Disconnect.Kind.CLOSE_REQUESTED, "closed on request"));
		this.prices.closed();
		this.prices.opened(Duration.ofMillis(35), Duration.ofHours(1));
		assertThat(timer("downtime").count()).isEqualTo(1);
	}

	@Test
	void discardedMessagesAreCountedByReason() {
		this.prices.discarded(DiscardReason.QUEUE_FULL, 10);
		this.prices.discarded(DiscardReason.QUEUE_FULL, 5);
		this.prices.discarded(DiscardReason.EXPIRED, 1);
		assertThat(count("discarded", "reason", "queue_full")).isEqualTo(15);
		assertThat(count("discarded", "reason", "expired")).isEqualTo(1);
		assertThat(count("discarded", "reason", "replaced")).isZero();
	}

	@Test
	void heartbeatsAreTimedAndMissedOnesCounted() {
		this.prices.heartbeatAnswered(Duration.ofMillis(10));
		this.prices.heartbeatAnswered(Duration.ofMillis(30));
		this.prices.heartbeatMissed();
		assertThat(timer("heartbeat.round.trip").count()).isEqualTo(2);
		assertThat(timer("heartbeat.round.trip").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
		assertThat(count("heartbeat.misses", "connection", "prices")).isEqualTo(1);
	}

	@Test
	void stallsAreCountedWithTheirLength() {
		this.prices.stalled(Duration.ofSeconds(20));
		this.prices.stalled(Duration.ofSeconds(40));
		assertThat(timer("stalls").count()).isEqualTo(2);
		assertThat(timer("stalls").totalTime(TimeUnit.SECONDS)).isEqualTo(60);
	}

	@Test
	void failuresOfListenersAreCountedByWhatTheyHandled() {
		this.prices.listenerFailed(true);
		this.prices.listenerFailed(true);
		this.prices.listenerFailed(false);
		assertThat(count("listener.failures", "handling", "message")).isEqualTo(2);
		assertThat(count("listener.failures", "handling", "event")).isEqualTo(1);
	}

	@Test
	void unreadableMessagesAndSilencesAreCounted() {
		this.prices.unreadable("com.acme.Prices");
		this.prices.unreadable("com.acme.Audit");
		this.prices.silent();
		assertThat(count("unreadable", "connection", "prices")).isEqualTo(2);
		assertThat(count("silences", "connection", "prices")).isEqualTo(1);
	}

	@Test
	void otherEventsAreNotCounted() {
		double before = total();
		this.prices.nothing();
		assertThat(total()).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			-, none
			1000, 1000
			1001, 1001
			1002, 1xxx
			1005, none
			1006, none
			1011, 1xxx
			1015, none
			1999, 1xxx
			2000, other
			3000, 3xxx
			3999, 3xxx
			4000, 4xxx
			4401, 4xxx
			5000, other
			999, other
			""")
	void closeCodesAreOfFewClasses(Integer code, String expected) {
		assertThat(CloseCodeClass.of(code)).isEqualTo(expected);
	}

	private double total() {
		return this.registry.find("websocket.client.attempts").counters().stream().mapToDouble(Counter::count).sum()
				+ this.registry.getMeters().size();
	}

	private double count(String name, String tag, String value) {
		return this.registry.get("websocket.client." + name)
			.tag("connection", "prices")
			.tag(tag, value)
			.counter()
			.count();
	}

	private Timer timer(String name) {
		return this.registry.get("websocket.client." + name).tag("connection", "prices").timer();
	}

}
