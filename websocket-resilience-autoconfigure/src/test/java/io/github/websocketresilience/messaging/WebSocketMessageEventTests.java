package io.github.websocketresilience.messaging;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.UnreadableMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for reading a {@link WebSocketMessageEvent} as a type.
 */
class WebSocketMessageEventTests {

	private final MessageReader reader = new JacksonMessageReader(
			JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());

	@Test
	void textIsReadByTheApplicationsMapper() {
		assertThat(text("{\"unit_price\":1.10000000000000000000000000001,\"x\":0}").as(Trade.class))
			.isEqualTo(new Trade(new BigDecimal("1.10000000000000000000000000001")));
	}

	@Test
	void binaryIsReadAsUtf8() {
		byte[] json = "\"h\u00e9 \ud83d\ude00\"".getBytes(StandardCharsets.UTF_8);
		assertThat(event(new Message.Binary(json)).as(String.class)).isEqualTo("h\u00e9 \ud83d\ude00");
	}

	@Test
	void genericTypeIsRead() {
		List<Trade> trades = text("[{\"unit_price\":1},{\"unit_price\":10}]")
			.as(new ParameterizedTypeReference<List<Trade>>() {
			});
		assertThat(trades).containsExactly(new Trade(BigDecimal.ONE), new Trade(BigDecimal.TEN));
	}

	@Test
	void treeIsRead() {
		assertThat(text("{\"a\":[1]}").as(JsonNode.class).at("/a/0").intValue()).isEqualTo(1);
		assertThat(text("null").as(JsonNode.class).isNull()).isTrue();
	}

	@Test
	void primitiveIsRead() {
		assertThat(text("17").as(int.class)).isEqualTo(17);
	}

	@Test
	void nullIsReadWhereItMeansSomething() {
		assertThat(text("null").as(new ParameterizedTypeReference<Optional<Trade>>() {
		})).isEmpty();
		assertThatExceptionOfType(UnreadableMessageException.class).isThrownBy(() -> text("null").as(Trade.class))
			.withMessage("a message of 4 bytes cannot be read as " + Trade.class.getName());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "secret", "{\"secret\":", "{} secret" })
	void whatIsNoJsonIsUnreadable(String text) {
		assertUnreadable(event(new Message.Text(text)), text);
		assertUnreadable(event(new Message.Binary(text.getBytes(StandardCharsets.UTF_8))), "");
	}

	@Test
	void bytesThatAreNoTextAreUnreadable() {
		assertUnreadable(event(new Message.Binary(new byte[] { '"', -1, -2, '"' })), "");
	}

	@Test
	void hostileDepthIsUnreadable() {
		String deep = "[".repeat(100_000);
		assertThatExceptionOfType(UnreadableMessageException.class).isThrownBy(() -> text(deep).as(JsonNode.class))
			.withCauseInstanceOf(StreamConstraintsException.class)
			.satisfies((ex) -> assertThat(ex.excerpt()).hasSize(UnreadableMessageException.LONGEST_EXCERPT));
	}

	@Test
	void hugeNumberIsUnreadable() {
		assertThatExceptionOfType(UnreadableMessageException.class)
			.isThrownBy(() -> text("9".repeat(100_000)).as(BigDecimal.class))
			.withCauseInstanceOf(StreamConstraintsException.class);
	}

	@Test
	void withoutJsonLibraryItSaysWhatToAdd() {
		WebSocketMessageEvent event = new WebSocketMessageEvent(new StubConnection("prices"), new Message.Text("1"),
				null);
		assertThatIllegalStateException().isThrownBy(() -> event.as(JsonNode.class))
			.withMessageContaining("add 'org.springframework.boot:spring-boot-starter-jackson'");
		assertThat(event.text()).isEqualTo("1");
	}

	private static void assertUnreadable(WebSocketMessageEvent event, String excerpt) {
		assertThatExceptionOfType(UnreadableMessageException.class).isThrownBy(() -> event.as(JsonNode.class))
			.withMessageNotContaining("secret")
			.satisfies((ex) -> {
				assertThat(ex.type()).isEqualTo(JsonNode.class.getName());
				assertThat(ex.excerpt()).isEqualTo(excerpt);
				assertThat(ex.getCause()).isNotNull();
			});
	}

	private WebSocketMessageEvent text(String text) {
		return event(new Message.Text(text));
	}

	private WebSocketMessageEvent event(Message message) {
		return new WebSocketMessageEvent(new StubConnection("prices"), message, this.reader);
	}

	record Trade(BigDecimal unitPrice) {
	}

}
