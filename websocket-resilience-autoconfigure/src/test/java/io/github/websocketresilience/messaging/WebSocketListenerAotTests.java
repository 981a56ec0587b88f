package io.github.websocketresilience.messaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.AheadOfTime;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.WebSocketConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketListener} methods in an application that is processed ahead
 * of time.
 */
class WebSocketListenerAotTests {

	@TempDir
	private Path directory;

	@Test
	void methodsAndJsonTypesAreKept() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Listening.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listening.class, "single")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listening.class, "repeated")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listening.class, "other")).rejects(hints);
		for (Class<?> type : List.of(Question.class, Detail.class, Answer.class, Item.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(WebSocketMessageEvent.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).rejects(hints);
	}

	@Test
	void methodsAreCalledInAnApplicationProcessedAheadOfTime() throws Exception {
		AheadOfTime aheadOfTime = new AheadOfTime(this.directory, Application.class);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Listening.class);
			assertThat(aheadOfTime.processAndCall(context)).isEqualTo("[Question[id=1, detail=Detail[text=a]]]");
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listening.class, "single"))
			.accepts(aheadOfTime.generation().getRuntimeHints());
	}

	/**
	 * Runs in a class loader of its own, with the generated classes.
	 */
	static final class Application implements Callable<String> {

		private final Class<?> initializer;

		Application(Class<?> initializer) {
			this.initializer = initializer;
		}

		@Override
		@SuppressWarnings("unchecked")
		public String call() throws Exception {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				((ApplicationContextInitializer<GenericApplicationContext>) this.initializer.getConstructor()
					.newInstance()).initialize(context);
				context.refresh();
				context.getBean(WebSocketListenerDispatcher.class)
					.onMessage(new StubConnection("prices"),
							new Message.Text("{\"type\":\"question\",\"id\":1,\"detail\":{\"text\":\"a\"}}"));
				return context.getBean(Listening.class).heard.toString();
			}
		}

	}

	record Question(int id, Detail detail) {
	}

	record Detail(String text) {
	}

	record Answer(int id) {
	}

	record Item(int id) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		private final List<Object> heard = new ArrayList<>();

		@WebSocketListener(connections = "prices", match = "/type=question")
		CompletableFuture<Answer> single(Question question, WebSocketMessageEvent event) {
			this.heard.add(question);
			return new CompletableFuture<>();
		}

		@WebSocketListener(pattern = "a")
		@WebSocketListener(pattern = "b")
		void repeated(List<Item> items) {
			this.heard.add(items);
		}

		void other() {
		}

		@Bean
		static WebSocketConnections connections() {
			return new StubConnections(new StubConnection("prices"));
		}

		@Bean
		static WebSocketListenerDispatcher dispatcher() {
			return new WebSocketListenerDispatcher(new JacksonMessageReader(JsonMapper.builder().build()));
		}

		@Bean
		static WebSocketListenerMethodProcessor processor(WebSocketListenerDispatcher dispatcher,
				WebSocketConnections connections) {
			return new WebSocketListenerMethodProcessor(dispatcher, connections);
		}

	}

}
