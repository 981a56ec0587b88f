package io.github.websocketresilience.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server says to clients of any make.
 */
@SampleTest
class EndpointTests {

	private static final String PAGE = "http://localhost:8080";

	private final JsonMapper json = JsonMapper.builder().build();

	@Autowired
	private Sample sample;

	@Test
	void chatGreetsAndAnswersHeartbeats() {
		try (Visitor carol = visit("/ws?fromId=carol")) {
			carol.hears("连接成功");
			carol.say("HeartBeat").hears("HeartBeat");
		}
	}

	@Test
	void chatGoesToEverySocketOfTheAddressedIdOnly() {
		try (Visitor carol = visit("/ws?fromId=carol");
				Visitor dave = visit("/ws?fromId=dave");
				Visitor daveAgain = visit("/ws?fromId=dave")) {
			carol.say("{\"message\":\"hi\",\"fromId\":\"somebody else\",\"toId\":\"dave\",\"id\":7}");
			dave.hears("{\"message\":\"hi\",\"fromId\":\"carol\",\"id\":7}");
			daveAgain.hears("{\"message\":\"hi\",\"fromId\":\"carol\",\"id\":7}");
			assertAcknowledged(carol, "7", true);
			assertThat(carol.texts()).noneMatch((text) -> text.contains("hi"));
		}
	}

	@Test
	void chatSaysThatNobodyIsThere() {
		try (Visitor carol = visit("/ws?fromId=carol")) {
			carol.say("{\"message\":\"hi\",\"toId\":\"nobody\",\"id\":\"a\"}");
			assertAcknowledged(carol, "a", false);
		}
	}

	@Test
	void keyedPushIsAcknowledgedAndNumbered() {
		try (Visitor display = visit("/ws?key=k-1")) {
			display.say("{\"message\":\"hello\",\"interval\":1000}");
			assertThat(this.json.readTree(display.await((text) -> text.contains("ack"))).at("/key").asString())
				.isEqualTo("k-1");
			JsonNode push = this.json.readTree(display.await((text) -> text.contains("push")));
			assertThat(push.at("/key").asString()).isEqualTo("k-1");
			assertThat(push.at("/sequence").asLong()).isPositive();
		}
	}

	@Test
	void keyedSocketIsClosedAlone() {
		try (Visitor one = visit("/ws?key=k-1"); Visitor other = visit("/ws?key=k-2")) {
			assertThat(this.sample.fault("close?key=k-1&code=1000&reason=finished").at("/sockets").asInt()).isOne();
			assertThat(one.end()).isEqualTo("1000 finished");
			other.say("{\"message\":\"now\"}").await((text) -> text.contains("ack"));
		}
	}

	@Test
	void plainHeartbeatIsEchoedToOneAndTextIsToldToAll() {
		try (Visitor one = visit("/ws"); Visitor other = visit("/ws")) {
			one.say("heartbeat").hears("heartbeat");
			one.say("{ hello");
			one.hears("{ hello");
			other.hears("{ hello");
			assertThat(other.texts()).doesNotContain("heartbeat");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"ModeCode\":\"heart_beat\",\"msg\":1}", "{\"ModeCode\":\"message\",\"msg\":\"hi\"}" })
	void modeCodesAreEchoed(String text) {
		try (Visitor visitor = visit("/ws")) {
			visitor.say(text).hears(text);
		}
	}

	@Test
	void jsonHeartbeatIsAnsweredWithBusiness() {
		try (Visitor visitor = visit("/ws")) {
			visitor.say("{\"hhh\":\"heartbeat\"}").await((text) -> text.contains("business"));
		}
	}

	@Test
	void quotesAreNumberedWithoutGaps() {
		try (Visitor visitor = visit("/quotes")) {
			long first = this.json.readTree(visitor.await((text) -> true)).at("/sequence").asLong();
			visitor.await((text) -> text.contains("\"sequence\":" + (first + 1)));
			visitor.say("hello").hears("hello");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/ws?fromId=a | hello | 1003 not JSON
			/ws?fromId=a | {"toId":"b"} | 1003 'message' and 'toId' must be texts
			/ws?fromId=a | {"message":{},"toId":"b"} | 1003 'message' and 'toId' must be texts
			/ws?fromId=a | {"message":"\\ud800","toId":"a"} | 1003 an unpaired surrogate
			/ws?key=a    | hello | 1003 not JSON
			/ws?key=a    | {"message":"other"} | 1003 'message' must be 'hello' or 'now'
			/ws?key=a    | {"message":[1]} | 1003 'message' must be 'hello' or 'now'
			/ws          | {"ModeCode":"other"} | 1003 unknown 'ModeCode'
			/ws          | {"ModeCode":{}} | 1003 unknown 'ModeCode'
			/page        | hello | 1003 not a heartbeat
			""")
	void whatMakesNoSenseIsClosed(String path, String text, String end) {
		try (Visitor visitor = path.equals("/page") ? page() : visit(path)) {
			visitor.say(text);
			assertThat(visitor.end()).isEqualTo(end);
		}
	}

	@Test
	void deepJsonIsClosed() {
		try (Visitor visitor = visit("/ws?fromId=a")) {
			visitor.say("[".repeat(5000));
			assertThat(visitor.end()).isEqualTo("1003 not JSON");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ws", "/ws?fromId=a", "/ws?key=a", "/quotes" })
	void bytesAndLongTextsAreClosed(String path) {
		try (Visitor visitor = visit(path)) {
			visitor.socket().sendBinary(ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8)), true).join();
			assertThat(visitor.end()).startsWith("1003");
		}
		try (Visitor visitor = visit(path)) {
			visitor.say("x".repeat(9000));
			assertThat(visitor.end()).startsWith("1009");
		}
	}

	@Test
	void idsAndKeysAreChecked() {
		for (String query : List.of("fromId=", "key=", "fromId=a&key=b", "fromId=a%20b", "fromId=%0d%0a",
				"key=" + "x".repeat(65))) {
			assertThat(Visitor.refusal(this.sample.server("/ws?" + query), PAGE)).as(query).isEqualTo(400);
		}
		assertThat(Visitor.refusal(this.sample.server("/ws?fromId=%E5%BC%A0"), PAGE)).isEqualTo(101);
	}

	@Test
	void endpointsAreForAnyPageAndTheFeedForItsOwn() {
		assertThat(Visitor.refusal(this.sample.server("/ws"), "https://example.com")).isEqualTo(101);
		assertThat(Visitor.refusal(this.sample.page("/ws"), PAGE)).isEqualTo(101);
		assertThat(Visitor.refusal(this.sample.page("/page"), "https://example.com")).isEqualTo(403);
	}

	private Visitor visit(String path) {
		return Visitor.at(this.sample.server(path));
	}

	private Visitor page() {
		return Visitor.at(this.sample.page("/page"), this.sample.page("").replace("ws:", "http:"));
	}

	private void assertAcknowledged(Visitor sender, String id, boolean delivered) {
		JsonNode ack = this.json.readTree(sender.await((text) -> text.contains("ack")));
		assertThat(ack.at("/ack").asString()).isEqualTo(id);
		assertThat(ack.at("/delivered").asBoolean()).isEqualTo(delivered);
	}

}
