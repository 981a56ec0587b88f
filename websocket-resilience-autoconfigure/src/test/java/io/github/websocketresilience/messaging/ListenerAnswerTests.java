package io.github.websocketresilience.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListenerAnswer}: what a method returns is sent on the connection the
 * message came from.
 */
class ListenerAnswerTests {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Logger log = (Logger) LoggerFactory.getLogger(ListenerAnswer.class);

	private final ListenerContext context = ListenerContext.of(Answering.class);

	@BeforeEach
	void listenToTheLog() {
		this.appender.start();
		this.log.addAppender(this.appender);
		this.log.setAdditive(false);
	}

	@AfterEach
	void close() {
		this.log.setAdditive(true);
		this.log.detachAppender(this.appender);
		this.context.close();
	}

	@Test
	void textAnswersWithText() {
		assertThat(answers("text")).containsExactly(new Message.Text("{not json}"));
	}

	@Test
	void bytesAnswerWithBinary() {
		assertThat(answers("bytes")).containsExactly(new Message.Binary(new byte[] { 1, 2 }));
	}

	@Test
	void messageAnswersAsItIs() {
		assertThat(answers("message")).containsExactly(new Message.Binary(new byte[] { 3 }));
	}

	@ParameterizedTest
	@ValueSource(strings = { "record", "map", "node" })
	void anythingElseAnswersWithJson(String question) {
		assertThat(answers(question)).containsExactly(new Message.Text("{\"ask\":\"" + question + "\"}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "void", "future of null" })
	void nothingIsNoAnswer(String question) {
		assertThat(answers(question)).isEmpty();
		assertThat(this.appender.list).isEmpty();
	}

	@Test
	void futureAnswersWhenItCompletes() {
		assertThat(answers("future")).isEmpty();
		Answering answering = this.context.spring().getBean(Answering.class);
		answering.future.complete(new Answer("future"));
		assertThat(this.context.prices().sent()).containsExactly(new Message.Text("{\"ask\":\"future\"}"));
	}

	@Test
	void futureThatFailsIsLoggedWithoutItsText() {
		answers("future");
		this.context.spring().getBean(Answering.class).future
			.completeExceptionally(new CompletionException(new IllegalArgumentException("secret")));
		assertWarning("java.lang.IllegalArgumentException");
	}

	@Test
	void futureWhoseValueCannotBeWrittenIsLogged() {
		answers("future");
		this.context.spring().getBean(Answering.class).future.complete("secret \ud800");
		assertWarning("java.lang.IllegalArgumentException");
	}

	@Test
	void answerThatCannotBeWrittenFailsTheMethod() {
		assertThat(this.context.failureAt("broken").getCause()).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("cannot be written as JSON");
		assertThat(this.appender.list).isEmpty();
	}

	private List<Message> answers(String question) {
		this.context.receive(question);
		return this.context.prices().sent();
	}

	private void assertWarning(String exception) {
		assertThat(this.context.prices().sent()).isEmpty();
		assertThat(this.appender.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).isEqualTo(
					"prices: the answer of listener ListenerAnswerTests.Answering.future failed with " + exception);
			assertThat(event.getThrowableProxy()).isNull();
		});
	}

	record Answer(String ask) {
	}

	static class Answering {

		private final CompletableFuture<Object> future = new CompletableFuture<>();

		@WebSocketListener(pattern = "text")
		String text() {
			return "{not json}";
		}

		@WebSocketListener(pattern = "bytes")
		byte[] bytes() {
			return new byte[] { 1, 2 };
		}

		@WebSocketListener(pattern = "message")
		Message message() {
			return new Message.Binary(new byte[] { 3 });
		}

		@WebSocketListener(pattern = "record")
		Answer answer(String text) {
			return new Answer(text);
		}

		@WebSocketListener(pattern = "map")
		Object map(String text) {
			return Map.of("ask", text);
		}

		@WebSocketListener(pattern = "node")
		JsonNode node(WebSocketMessageEvent event) {
			return JsonNodeFactory.instance.objectNode().put("ask", event.text());
		}

		@WebSocketListener(pattern = "null")
		@Nullable String none() {
			return null;
		}

		@WebSocketListener(pattern = "void")
		void nothing() {
		}

		@WebSocketListener(pattern = "future of null")
		CompletableFuture<Void> futureOfNull() {
			return CompletableFuture.completedFuture(null);
		}

		@WebSocketListener(pattern = "future")
		CompletionStage<?> future() {
			return this.future;
		}

		@WebSocketListener(pattern = "broken")
		List<Object> broken() {
			List<Object> circle = new ArrayList<>();
			circle.add(circle);
			return circle;
		}

	}

}
