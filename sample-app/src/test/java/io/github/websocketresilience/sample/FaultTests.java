package io.github.websocketresilience.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each fault, and what a managed connection makes of it.
 */
@SampleTest
class FaultTests {

	private static final Duration INTERVAL_AND_TIMEOUT = Duration.ofSeconds(3);

	@Autowired
	private Sample sample;

	@Autowired
	private Witness witness;

	@BeforeEach
	void awaitOpen() {
		this.sample.awaitOpen();
		this.witness.forget();
	}

	@Test
	void droppedSocketIsReplaced() {
		JsonNode report = this.sample.fault("drop");
		assertThat(report.at("/fault").asString()).isEqualTo("drop");
		assertThat(report.at("/sockets").asInt()).isGreaterThanOrEqualTo(3);
		assertThat(report.at("/until").isNull()).isTrue();
		this.witness.awaitEnd("quotes", (end) -> end.kind() == Kind.CONNECTION_LOST);
		this.witness.awaitOpen("quotes");
	}

	@Test
	void missedQuotesAreCounted() {
		long missed = this.sample.card("quotes").at("/missed").asLong();
		this.sample.fault("refuse?seconds=2");
		this.sample.fault("drop");
		await().atMost(Sample.PATIENCE).until(() -> this.sample.card("quotes").at("/missed").asLong() > missed);
	}

	@Test
	void silentServerIsDetectedInTimeAndItsSocketReplaced() {
		Instant silent = Instant.now();
		assertThat(Instant.parse(this.sample.fault("silence?seconds=12").at("/until").asString())).isAfter(silent);
		this.witness.awaitEnd("quotes", (end) -> end.kind() == Kind.HEARTBEAT_TIMEOUT);
		assertThat(Duration.between(silent, Instant.now())).isLessThan(INTERVAL_AND_TIMEOUT.plusSeconds(5));
		this.witness.awaitOpen("quotes");
		this.witness.forget();
		this.witness.awaitMessage("quotes", (text) -> text.contains("sequence"));
	}

	@Test
	void silentSocketCanBeDropped() {
		this.sample.fault("silence?seconds=60");
		this.sample.fault("drop");
		this.witness.awaitEnd("quotes", (end) -> end.kind() == Kind.CONNECTION_LOST);
		this.witness.awaitOpen("quotes");
	}

	@Test
	void closeHasCodeAndReason() {
		this.sample.fault("close?code=4321&reason=that's it");
		assertThat(this.witness.awaitEnd("quotes", (end) -> end.kind() == Kind.PEER_CLOSED)).satisfies((end) -> {
			assertThat(end.closeCode()).isEqualTo(4321);
			assertThat(end.closeReason()).isEqualTo("that's it");
		});
		this.witness.awaitOpen("quotes");
	}

	@Test
	void refusedUpgradesAreTriedAgainUntilOneIsAccepted() {
		this.sample.fault("refuse?status=429&seconds=2");
		this.sample.fault("drop");
		this.witness.awaitEnd("quotes", (end) -> Integer.valueOf(429).equals(end.httpStatus()));
		this.witness.awaitOpen("quotes");
	}

	@Test
	void lateAnswersComeInOrder() {
		try (Visitor visitor = Visitor.at(this.sample.server("/ws"))) {
			Instant asked = Instant.now();
			this.sample.fault("delay?millis=800&seconds=1");
			visitor.say("1").say("2").say("3").hears("3");
			assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(800));
			visitor.say("4").hears("4");
			assertThat(visitor.texts()).containsExactly("1", "2", "3", "4");
		}
	}

	@Test
	void tooLateAReplyIsNone() {
		this.sample.fault("delay?millis=5000&seconds=6");
		this.witness.awaitEnd("alice", (end) -> end.kind() == Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void floodIsSurvivedWithoutLoss() {
		this.witness.awaitMessage("quotes", (text) -> text.contains("sequence"));
		JsonNode before = this.sample.card("quotes");
		this.sample.fault("flood?messages=5000");
		await().atMost(Sample.PATIENCE)
			.until(() -> received("quotes") >= before.at("/received/messages").asLong() + 5000);
		assertThat(this.sample.card("quotes").at("/missed")).isEqualTo(before.at("/missed"));
		assertThat(this.sample.card("quotes").at("/state").asString()).isEqualTo("OPEN");
	}

	@Test
	void serverIsStoppedAndComesBackWhileThePageStays() {
		this.sample.fault("stop?seconds=60");
		Instant until = Instant.parse(this.sample.fault("stop?seconds=2").at("/until").asString());
		this.witness.awaitEnd("quotes", (end) -> end.kind() == Kind.CONNECTION_LOST);
		this.witness.awaitEnd("quotes", (end) -> end.kind() == Kind.CONNECT_FAILED);
		assertThat(this.sample.card("quotes").at("/state").asString()).isNotEqualTo("OPEN");
		this.witness.awaitOpen("quotes");
		assertThat(Instant.now()).isAfter(until);
	}

	@Test
	void refusalEnds() {
		this.sample.fault("refuse?seconds=1");
		assertThat(Visitor.refusal(this.sample.server("/quotes"), "http://localhost")).isEqualTo(503);
		await().atMost(Sample.PATIENCE)
			.until(() -> Visitor.refusal(this.sample.server("/quotes"), "http://localhost") == 101);
	}

	@ParameterizedTest
	@ValueSource(strings = { "silence?seconds=0", "silence?seconds=121", "silence?seconds=x", "close?code=999",
			"close?code=1005", "close?code=1006", "close?code=1015", "close?code=5000", "refuse?status=200",
			"refuse?status=600", "refuse?seconds=99999999999", "delay?millis=0", "delay?millis=10001",
			"flood?messages=0", "flood?messages=20001", "stop?seconds=-1",
			"close?reason=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
					+ "890123456789012345678901234567890123456789" })
	void whatIsOutOfRangeIsRefused(String fault) {
		JsonNode problem = this.sample
			.read(this.sample.exchange(HttpMethod.POST, "/api/faults/" + fault).expectStatus().isBadRequest());
		assertThat(problem.at("/detail").asString()).isNotEmpty();
		assertThat(List.of("quotes", "alice", "bob"))
			.allMatch((it) -> ConnectionState.OPEN.name().equals(this.sample.card(it).at("/state").asString()));
	}

	private long received(String connection) {
		return this.sample.card(connection).at("/received/messages").asLong();
	}

}
