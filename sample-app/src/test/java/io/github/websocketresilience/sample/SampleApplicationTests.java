package io.github.websocketresilience.sample;

import io.github.websocketresilience.ConnectionState;
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
 * What the page and people with curl ask of connections.
 */
@SampleTest
class SampleApplicationTests {

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
	void healthSaysThatConnectionsAreOpen() {
		JsonNode health = this.sample.get("/actuator/health");
		assertThat(health.at("/status").asString()).isEqualTo("UP");
		assertThat(health.at("/components/websocket/components/quotes/details/state").asString()).isEqualTo("OPEN");
		assertThat(this.sample.get("/actuator/websockets/quotes").at("/snapshot/state").asString()).isEqualTo("OPEN");
		assertThat(this.sample.get("/actuator/metrics/websocket.client.state").at("/name").asString()).isNotEmpty();
	}

	@Test
	void cardTellsOfAConnection() {
		await().atMost(Sample.PATIENCE).until(() -> this.sample.card("quotes").at("/roundTripMillis").isNumber());
		JsonNode card = this.sample.card("quotes");
		assertThat(card.at("/state").asString()).isEqualTo("OPEN");
		assertThat(card.at("/since").asString()).endsWith("Z");
		assertThat(card.at("/url").asString()).isEqualTo(this.sample.server("/quotes"));
		assertThat(card.at("/nextAttemptAt").isNull()).isTrue();
		assertThat(card.at("/received/messages").asLong()).isPositive();
		assertThat(card.at("/recipe").asBoolean()).isFalse();
	}

	@Test
	void firstCardsAreThoseThatStartWithTheApplication() {
		assertThat(this.sample.get("/api/connections").valueStream().map((it) -> it.at("/name").asString()))
			.containsExactly("quotes", "alice", "bob", "chat-by-id", "plain-echo", "outlive", "keyed-push",
					"message-codes");
	}

	@Test
	void lastQuoteIsKept() {
		this.witness.awaitMessage("quotes", (text) -> text.startsWith("{\"symbol\":\"ACME\",\"price\":"));
		assertThat(this.sample.get("/api/quote").at("/price").asDouble()).isPositive();
	}

	@Test
	void textIsSentAsItIs() {
		assertOutcome("quotes", "{\"text\":\"hello\"}", "HANDED_OVER");
		this.witness.awaitMessage("quotes", "hello"::equals);
	}

	@Test
	void messageGoesToWhomItIsAddressed() {
		assertOutcome("alice", "{\"text\":\"hello\",\"toId\":\"bob\"}", "HANDED_OVER");
		this.witness.awaitMessage("bob", "{\"message\":\"hello\",\"fromId\":\"alice\"}"::equals);
	}

	@Test
	void messageThatWaitedTooLongIsCounted() {
		this.sample.fault("refuse?seconds=4");
		this.sample.fault("drop");
		this.sample.awaitState("bob", ConnectionState.WAITING);
		assertOutcome("bob", "{\"text\":\"late\",\"toId\":\"alice\"}", "EXPIRED");
		assertThat(this.sample.card("bob").at("/failedSends/EXPIRED").asInt()).isPositive();
	}

	@Test
	void intentionalCloseStaysClosedUntilStart() {
		this.sample.press("close", "alice");
		this.sample.awaitState("alice", ConnectionState.CLOSED);
		this.sample.press("reconnect", "alice");
		assertOutcome("alice", "{\"text\":\"hello\",\"toId\":\"bob\"}", "CLOSED");
		assertThat(this.sample.card("alice").at("/failedSends/CLOSED").asInt()).isPositive();
		assertThat(this.sample.card("alice").at("/state").asString()).isEqualTo("CLOSED");
		this.sample.press("start", "alice");
		this.sample.awaitState("alice", ConnectionState.OPEN);
	}

	@Test
	void reconnectReplacesTheSocket() {
		this.sample.press("reconnect", "alice");
		this.witness.awaitOpen("alice");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{}", "{\"text\":null}", "{\"text\":\"\\ud800\"}",
			"{\"text\":\"\\ud800\",\"toId\":\"bob\"}", "{\"text\":\"a\",\"toId\":{}}" })
	void whatCannotBeSentIsRefused(String body) {
		JsonNode problem = this.sample.read(this.sample.send("alice", body).expectStatus().isBadRequest());
		assertThat(problem.at("/detail").asString()).isNotEmpty();
	}

	@Test
	void tooLongATextIsRefused() {
		String text = "x".repeat(4001);
		JsonNode problem = this.sample
			.read(this.sample.send("alice", "{\"text\":\"" + text + "\"}").expectStatus().isBadRequest());
		assertThat(problem.at("/detail").asString()).contains("4000").doesNotContain("xx");
	}

	@Test
	void unknownConnectionIsNotFound() {
		this.sample.exchange(HttpMethod.POST, "/api/connections/nobody/start").expectStatus().isNotFound();
		this.sample.send("nobody", "{\"text\":\"hello\"}").expectStatus().isNotFound();
	}

	@Test
	void pageIsToldWhereTheServerIs() {
		assertThat(this.sample.server("")).endsWith(":" + this.sample.get("/api/info").at("/demoPort").asInt());
	}

	private void assertOutcome(String connection, String body, String outcome) {
		JsonNode sent = this.sample.read(this.sample.send(connection, body).expectStatus().isOk());
		assertThat(sent.at("/outcome").asString()).isEqualTo(outcome);
	}

}
