package io.github.websocketresilience.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

import io.github.websocketresilience.ConnectionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page is told.
 */
@SampleTest
class PageFeedTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@Autowired
	private Sample sample;

	private Visitor page;

	@BeforeEach
	void open() {
		this.sample.awaitOpen();
		this.page = visit();
		await((it) -> is(it, "hello"));
	}

	@AfterEach
	void close() {
		this.page.close();
	}

	@Test
	void pageIsGreetedWithWhatHappenedBefore() {
		JsonNode hello = await((it) -> is(it, "hello"));
		assertThat(hello.at("/now").asString()).endsWith("Z");
		assertThat(hello.at("/transitions").size()).isBetween(6, 50);
		assertThat(hello.at("/messages").size()).isBetween(0, 100);
		assertThat(this.json.readTree(this.page.texts().get(0)).at("/type").asString()).isEqualTo("hello");
	}

	@Test
	void stateIsToldEverySecond() {
		JsonNode state = await((it) -> is(it, "state"));
		assertThat(state.at("/connections").size()).isEqualTo(8);
		assertThat(state.at("/server/sockets").asInt()).isGreaterThanOrEqualTo(3);
		Instant first = Instant.parse(state.at("/now").asString());
		await((it) -> is(it, "state")
				&& Instant.parse(it.at("/now").asString()).isAfter(first.plus(Duration.ofSeconds(1))));
	}

	@Test
	void faultAndWhatFollowsAreTold() {
		this.sample.fault("refuse?seconds=2");
		this.sample.fault("drop");
		JsonNode refusing = await((it) -> is(it, "state") && it.at("/server/faults")
			.valueStream()
			.anyMatch((fault) -> fault.at("/fault").asString().equals("refuse")));
		JsonNode lost = await((it) -> is(it, "transition") && it.at("/connection").asString().equals("quotes")
				&& it.at("/from").asString().equals("OPEN"));
		assertThat(lost.at("/to").asString()).isEqualTo("WAITING");
		assertThat(lost.at("/cause").asString()).contains("without a close frame");
		assertThat(lost.at("/delayMillis").asLong()).isPositive();
		JsonNode waiting = await((it) -> is(it, "state")
				&& it.at("/connections/0/state").asString().equals(ConnectionState.WAITING.name()));
		assertThat(waiting.at("/connections/0/nextAttemptAt").asString()).endsWith("Z");
		await((it) -> is(it, "state") && it.at("/server/faults").isEmpty() && Instant.parse(it.at("/now").asString())
			.isAfter(Instant.parse(refusing.at("/server/faults/0/until").asString())));
	}

	@Test
	void messagesOfBothDirectionsAreTold() {
		this.sample.send("alice", "{\"text\":\"hi bob\",\"toId\":\"bob\"}").expectStatus().isOk();
		JsonNode out = await((it) -> isMessage(it, "alice", "hi bob"));
		assertThat(out.at("/direction").asString()).isEqualTo("out");
		assertThat(out.at("/outcome").asString()).isEqualTo("HANDED_OVER");
		JsonNode in = await((it) -> isMessage(it, "bob", "hi bob"));
		assertThat(in.at("/direction").asString()).isEqualTo("in");
		assertThat(in.at("/outcome").isNull()).isTrue();
	}

	@Test
	void longTextIsCut() {
		this.sample.send("quotes", "{\"text\":\"" + "\uD83D\uDE00".repeat(1500) + "\"}").expectStatus().isOk();
		assertThat(await((it) -> isMessage(it, "quotes", "\uD83D\uDE00")).at("/text").asString()).hasSize(500);
	}

	@Test
	void floodIsSampled() {
		this.sample.fault("flood?messages=2000");
		await((it) -> is(it, "skipped") && it.at("/connection").asString().equals("quotes"));
		this.page.texts().clear();
		await((it) -> isMessage(it, "quotes", "sequence"));
		assertThat(this.page.texts()).hasSizeLessThan(200);
	}

	@Test
	void heartbeatIsAnswered() {
		this.page.say("{\"type\":\"heartbeat\"}").hears("{\"type\":\"heartbeat\"}");
	}

	@Test
	void pageThatDoesNotReadSlowsNobody() {
		try (Visitor idle = Visitor.deaf(this.sample.page("/page"), origin())) {
			this.sample.fault("flood?messages=5000");
			assertThat(idle.isOpen()).isTrue();
			this.page.texts().clear();
			await((it) -> is(it, "state"));
		}
	}

	private Visitor visit() {
		return Visitor.at(this.sample.page("/page"), origin());
	}

	private String origin() {
		return this.sample.page("").replace("ws:", "http:");
	}

	private JsonNode await(Predicate<JsonNode> wanted) {
		return this.json.readTree(this.page.await((text) -> wanted.test(this.json.readTree(text))));
	}

	private static boolean is(JsonNode node, String type) {
		return node.at("/type").asString().equals(type);
	}

	private static boolean isMessage(JsonNode node, String connection, String text) {
		return is(node, "message") && node.at("/connection").asString().equals(connection)
				&& node.at("/text").asString().contains(text);
	}

}
