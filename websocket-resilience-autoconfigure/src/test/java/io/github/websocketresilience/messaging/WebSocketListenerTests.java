package io.github.websocketresilience.messaging;

import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.ListenerContext.Heard;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link WebSocketListener} methods: who is called with what, and what becomes
 * of failures.
 */
class WebSocketListenerTests {

	private static final String TRADE = "{\"type\":\"trade\",\"symbol\":\"A\",\"price\":0.10000000000000000000000000001}";

	@Test
	void messageTypesOfOneFeedGoToDifferentMethods() {
		try (ListenerContext context = ListenerContext.of(Feed.class)) {
			context.receive(TRADE);
			assertThat(context.heard())
				.containsExactly(new Trade("trade", "A", new BigDecimal("0.10000000000000000000000000001")));
			context.receive("{\"type\":\"quote\",\"bid\":1.5}");
			assertThat(context.heard()).containsExactly("quote 1.5");
			context.receive("{\"type\":\"other\"}");
			context.receive("{\"type\":[\"trade\"]}");
			context.receive("trade");
			context.receive("");
			context.receive(new Message.Binary(new byte[] { -1, -2 }));
			context.receiveOrder("{\"type\":\"quote\",\"bid\":1.5}");
			assertThat(context.heard()).isEmpty();
			context.receiveOrder("[{\"symbol\":\"B\",\"price\":2},{\"symbol\":\"C\",\"price\":3}]");
			assertThat(context.heard()).containsExactly(
					List.of(new Trade(null, "B", new BigDecimal("2")), new Trade(null, "C", new BigDecimal("3"))));
			context.receive(new Message.Binary(TRADE.getBytes(StandardCharsets.UTF_8)));
			assertThat(context.heard()).hasSize(1);
		}
	}

	@Test
	void everyKindOfParameterIsGiven() {
		try (ListenerContext context = ListenerContext.of(Parameters.class)) {
			context.receive("{\"a\":1}");
			assertThat(context.heard()).containsExactly("text {\"a\":1} from prices", "bytes 7 of Text[7 bytes]",
					"node 1", "map {a=1}", "optional {\"a\":1}", "event {\"a\":1} 1", "nothing");
			context.receive(new Message.Binary("{\"a\":2}".getBytes(StandardCharsets.UTF_8)));
			assertThat(context.heard()).containsExactly("text {\"a\":2} from prices", "bytes 7 of Binary[7 bytes]",
					"node 2", "map {a=2}", "optional {\"a\":2}", "event binary 2", "nothing");
		}
	}

	@Test
	void kindOfMessageSelectsTheMethod() {
		try (ListenerContext context = ListenerContext.of(Kinds.class)) {
			context.receive("a");
			assertThat(context.heard()).containsExactly("text", "any");
			context.receive(new Message.Binary(new byte[1]));
			assertThat(context.heard()).containsExactly("binary", "any");
		}
	}

	@Test
	void allConditionsOfOneAnnotationMustHold() {
		try (ListenerContext context = ListenerContext.of(Conditions.class)) {
			context.receive("{\"op\":\"x\",\"data\":{\"n\":[1.50,true,null]}}");
			assertThat(context.heard()).containsExactly("all");
			context.receive("{\"op\":\"x\",\"data\":{\"n\":[1.5,true,null]}}");
			context.receive("{\"op\":\"y\",\"data\":{\"n\":[1.50,true,null]}}");
			context.receive("{\"data\":{\"n\":[1.50,true,null]},\"op\":\"x\"}");
			assertThat(context.heard()).isEmpty();
		}
	}

	@Test
	void severalAnnotationsAreAlternatives() {
		try (ListenerContext context = ListenerContext.of(Alternatives.class)) {
			context.receive("{\"a\":1}");
			context.receive("{\"b\":1}");
			context.receive("{\"a\":1,\"b\":1}");
			context.receive("{\"c\":1}");
			context.receiveOrder("{\"c\":1}");
			context.receiveOrder("{\"b\":1}");
			assertThat(context.heard()).containsExactly("{\"a\":1}", "{\"b\":1}", "{\"a\":1,\"b\":1}", "{\"c\":1}");
		}
	}

	@Test
	void connectionIsMeantByItsNameAndByThatOfItsGroup() {
		try (ListenerContext context = ListenerContext.of(Groups.class)) {
			context.receiveFrom(new RecordingConnection("prices", "dynamic"), "a");
			assertThat(context.heard()).containsExactly("name", "group", "either", "all");
			context.receiveFrom(new RecordingConnection("tenant-42", "dynamic"), "a");
			assertThat(context.heard()).containsExactly("group", "either", "all");
			context.receiveFrom(new RecordingConnection("tenant-42", "tenants"), "a");
			assertThat(context.heard()).containsExactly("all");
			context.receiveFrom(new RecordingConnection("dynamic", "dynamic"), "a");
			assertThat(context.heard()).containsExactly("group", "either", "all");
			context.receive("a");
			assertThat(context.heard()).containsExactly("name", "either", "all");
		}
	}

	@Test
	void patternIsForTheWholeTextAndNotForLongOnes() {
		try (ListenerContext context = ListenerContext.of(Patterns.class)) {
			context.receive("tick");
			context.receive("ticks 1");
			context.receive(" tick");
			context.receive("t".repeat(4096));
			context.receive("t".repeat(4097));
			context.receive(new Message.Binary("tick".getBytes(StandardCharsets.UTF_8)));
			assertThat(context.heard()).containsExactly("tick", "t".repeat(4096));
		}
	}

	@Test
	void orderIsThatOfTheAnnotation() {
		try (ListenerContext context = ListenerContext.of(Ordered.class)) {
			context.receive("a");
			assertThat(context.heard()).containsExactly(1, 2, 3);
		}
	}

	@Test
	void placeholdersAreResolved() {
		try (ListenerContext context = ListenerContext.of(Placeholders.class)) {
			context.receive(TRADE);
			context.receiveOrder(TRADE);
			context.receive("{\"type\":\"quote\"}");
			assertThat(context.heard()).containsExactly("match");
			context.receive("tick");
			assertThat(context.heard()).containsExactly("pattern");
		}
	}

	@Test
	void failureOfOneMethodIsNoneOfTheOthers() {
		try (ListenerContext context = ListenerContext.of(Failing.class)) {
			ListenerMethodException failure = context.failureAt("{}");
			assertThat(failure.listener()).isEqualTo("WebSocketListenerTests.Failing.first");
			assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
			assertThat(failure.getSuppressed()).hasSize(2)
				.allSatisfy((it) -> assertThat(it).isInstanceOf(ListenerMethodException.class));
			assertThat(failure.getSuppressed()[0]).hasCauseInstanceOf(AssertionError.class);
			assertThat(failure.getSuppressed()[1]).hasCauseInstanceOf(IOException.class);
			assertThat(context.heard()).containsExactly("heard");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "secret", "{\"symbol\":{\"secret\":1}}", "{\"symbol\":\"secret\"", "null", "[1]",
			"{\"price\":\"secret\"}", "{\"price\":1} secret" })
	void whatCannotBeReadIsToldToThoseWhoWantedIt(String text) {
		try (ListenerContext context = ListenerContext.of(Typed.class)) {
			ListenerMethodException failure = context.failureAt(text);
			assertThat(failure.getSuppressed()).isEmpty();
			assertThat(failure.listener()).isEqualTo("WebSocketListenerTests.Typed.on");
			assertThat(failure.getCause()).isInstanceOfSatisfying(UnreadableMessageException.class, (unreadable) -> {
				assertThat(unreadable.type()).isEqualTo(Trade.class.getName());
				assertThat(unreadable.excerpt()).isEqualTo(text);
				assertThat(unreadable).hasMessageNotContaining("secret");
			});
			assertThat(context.heard()).containsExactly(text);
			context.receive("{\"symbol\":\"A\"}");
			assertThat(context.heard()).hasSize(2);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Nodes.class, Typed.class })
	void hostileDepthIsUnreadableAndNoOverflow(Class<?> component) {
		try (ListenerContext context = ListenerContext.of(component)) {
			String deep = "{\"x\":" + "[".repeat(100_000);
			assertThat(context.failureAt(deep).getCause()).isInstanceOf(UnreadableMessageException.class)
				.hasCauseInstanceOf(StreamConstraintsException.class);
			assertThat(context.failureAt("[".repeat(100_000) + "]".repeat(100_000)).getCause())
				.isInstanceOf(UnreadableMessageException.class);
		}
	}

	@Test
	void hostileDepthJustDoesNotMatch() {
		try (ListenerContext context = ListenerContext.of(Feed.class)) {
			context.receive("{\"x\":" + "[".repeat(100_000));
			context.receive("{\"x\":" + "9".repeat(5_000) + ",\"type\":\"trade\"}");
			assertThat(context.heard()).isEmpty();
		}
	}

	@Test
	void bytesThatAreNoTextCannotBeReadAsOne() {
		try (ListenerContext context = ListenerContext.of(Texts.class)) {
			ListenerMethodException failure = catchThrowableOfType(ListenerMethodException.class,
					() -> context.receive(new Message.Binary(new byte[] { -1 })));
			assertThat(failure).cause()
				.isInstanceOf(UnreadableMessageException.class)
				.hasCauseInstanceOf(CharacterCodingException.class);
		}
	}

	@Test
	void patternThatOverflowsTheStackFailsAlone() {
		try (ListenerContext context = ListenerContext.of(Overflowing.class)) {
			context.receive("a".repeat(10));
			assertThat(context.heard()).containsExactly("deep", "flat");
			assertThat(context.failureAt("a".repeat(4096)).getCause()).isInstanceOf(StackOverflowError.class);
			assertThat(context.heard()).containsExactly("flat");
		}
	}

	@Test
	void messageIsReadOncePerType() {
		CountingReader reader = new CountingReader();
		try (ListenerContext context = ListenerContext.withReader(reader, Counted.class)) {
			context.receive("{\"type\":\"other\"}");
			assertThat(reader.scans).isEqualTo(1);
			assertThat(reader.reads).isZero();
			context.receive(TRADE);
			assertThat(reader.scans).isEqualTo(2);
			assertThat(reader.reads).isEqualTo(1);
			assertThat(context.heard()).satisfiesExactly((first) -> assertThat(first).isInstanceOf(Trade.class),
					(second) -> assertThat(second).isInstanceOf(Trade.class));
			context.receiveOrder(TRADE);
			assertThat(reader.scans).isEqualTo(2);
			assertThat(reader.reads).isEqualTo(1);
		}
	}

	@Test
	void withoutMethodsMessagesPass() {
		try (ListenerContext context = ListenerContext.of(Object.class)) {
			context.receive("a");
			assertThat(context.heard()).isEmpty();
		}
	}

	record Trade(@Nullable String type, String symbol, BigDecimal price) {
	}

	record Groups(Heard heard) {

		@Order(1)
		@WebSocketListener("prices")
		void name(String text) {
			this.heard.add("name");
		}

		@Order(2)
		@WebSocketListener("dynamic")
		void group(String text) {
			this.heard.add("group");
		}

		@Order(3)
		@WebSocketListener({ "prices", "dynamic" })
		void either(String text) {
			this.heard.add("either");
		}

		@Order(4)
		@WebSocketListener
		void all(String text) {
			this.heard.add("all");
		}

	}

	record Feed(Heard heard) {

		@WebSocketListener(connections = "prices", match = "/type=trade")
		void onTrade(Trade trade) {
			this.heard.add(trade);
		}

		@WebSocketListener(connections = "prices", match = "/type=quote")
		void onQuote(JsonNode quote) {
			this.heard.add("quote " + quote.get("bid"));
		}

		@WebSocketListener(connections = "orders", match = "/0/symbol=B")
		void onOrders(List<Trade> orders) {
			this.heard.add(orders);
		}

	}

	record Parameters(Heard heard) {

		@Order(1)
		@WebSocketListener
		void text(WebSocketConnection connection, String text) {
			this.heard.add("text " + text + " from " + connection.name());
		}

		@Order(2)
		@WebSocketListener
		void bytes(byte[] bytes, Message message) {
			this.heard.add("bytes " + bytes.length + " of " + message);
		}

		@Order(3)
		@WebSocketListener
		private void node(JsonNode node) {
			this.heard.add("node " + node.get("a"));
		}

		@Order(4)
		@WebSocketListener
		void map(Map<String, Integer> map) {
			this.heard.add("map " + map);
		}

		@Order(5)
		@WebSocketListener
		void optional(Optional<JsonNode> optional) {
			this.heard.add("optional " + optional.orElseThrow());
		}

		@Order(6)
		@WebSocketListener
		void event(WebSocketMessageEvent event) {
			String text = (event.message() instanceof Message.Text) ? event.text() : "binary";
			this.heard.add("event " + text + " " + event.as(JsonNode.class).get("a"));
		}

		@Order(7)
		@WebSocketListener
		void nothing() {
			this.heard.add("nothing");
		}

	}

	record Kinds(Heard heard) {

		@Order(1)
		@WebSocketListener
		void text(Message.Text text) {
			this.heard.add("text");
		}

		@Order(1)
		@WebSocketListener
		void binary(Message.Binary binary, byte[] bytes) {
			this.heard.add("binary");
		}

		@Order(2)
		@WebSocketListener
		void any(Message message) {
			this.heard.add("any");
		}

	}

	record Conditions(Heard heard) {

		@WebSocketListener(match = { "/op=x", "/data/n/0=1.50", "/data/n/1=true", "/data/n/2=null" },
				pattern = "\\{\"op.*")
		void all() {
			this.heard.add("all");
		}

	}

	record Alternatives(Heard heard) {

		@WebSocketListener(value = "prices", match = "/a=1")
		@WebSocketListener(value = "prices", match = "/b=1")
		@WebSocketListener(match = "/c=1", connections = "orders")
		void on(String text) {
			this.heard.add(text);
		}

	}

	record Patterns(Heard heard) {

		@WebSocketListener(pattern = "t[a-z]*")
		void on(String text) {
			this.heard.add(text);
		}

	}

	record Ordered(Heard heard) {

		@WebSocketListener
		void third() {
			this.heard.add(3);
		}

		@Order(2)
		@WebSocketListener
		void second() {
			this.heard.add(2);
		}

		@Order(-1)
		@WebSocketListener
		void first() {
			this.heard.add(1);
		}

	}

	record Placeholders(Heard heard) {

		@WebSocketListener(connections = "${feed}", match = "/type=${kind}")
		void match() {
			this.heard.add("match");
		}

		@WebSocketListener(pattern = "${expression}")
		void pattern() {
			this.heard.add("pattern");
		}

	}

	record Failing(Heard heard) {

		@Order(1)
		@WebSocketListener
		void first() {
			throw new IllegalStateException("first");
		}

		@Order(2)
		@WebSocketListener
		void second() {
			throw new AssertionError("second");
		}

		@Order(3)
		@WebSocketListener
		void third() throws Exception {
			throw new IOException("third");
		}

		@Order(4)
		@WebSocketListener
		void hears() {
			this.heard.add("heard");
		}

	}

	record Typed(Heard heard) {

		@Order(1)
		@WebSocketListener
		void on(Trade trade) {
			this.heard.add(trade);
		}

		@Order(2)
		@WebSocketListener
		void on(String text) {
			this.heard.add(text);
		}

	}

	record Nodes(Heard heard) {

		@WebSocketListener
		void on(JsonNode node) {
			this.heard.add(node);
		}

	}

	record Texts(Heard heard) {

		@WebSocketListener
		void on(String text) {
			this.heard.add(text);
		}

	}

	record Overflowing(Heard heard) {

		@Order(1)
		@WebSocketListener(pattern = "(a|b|(c|d))*")
		void deep() {
			this.heard.add("deep");
		}

		@Order(2)
		@WebSocketListener(pattern = "a*")
		void flat() {
			this.heard.add("flat");
		}

	}

	record Counted(Heard heard) {

		@WebSocketListener(connections = "prices", match = "/type=trade")
		void trade(Trade trade) {
			this.heard.add(trade);
		}

		@WebSocketListener(connections = "prices", match = { "/symbol=A", "/type=trade" })
		void same(Trade trade) {
			this.heard.add(trade);
		}

		@WebSocketListener(connections = "prices", match = "/type=quote")
		void quote(JsonNode quote) {
			this.heard.add(quote);
		}

	}

	private static final class CountingReader implements MessageReader {

		private final MessageReader delegate = new JacksonMessageReader(JsonMapper.builder().build());

		private int reads;

		private int scans;

		@Override
		public Object read(Message message, Type type) {
			this.reads++;
			return this.delegate.read(message, type);
		}

		@Override
		public Scalars scalarsAt(List<String> pointers) {
			Scalars scalars = this.delegate.scalarsAt(pointers);
			return (message) -> {
				this.scans++;
				return scalars.of(message);
			};
		}

	}

}
