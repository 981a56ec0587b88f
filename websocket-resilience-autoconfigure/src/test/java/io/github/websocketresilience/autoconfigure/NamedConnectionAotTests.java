package io.github.websocketresilience.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import io.github.websocketresilience.AheadOfTime;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for named connections in an application that is processed ahead of time: they
 * come from the environment in which it starts.
 */
class NamedConnectionAotTests {

	@TempDir
	private Path directory;

	@Test
	void connectionThatIsNamedWhenTheApplicationStartsIsABean() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			add(context, "resilient.websocket.connections.of-the-build.url");
			context.register(Client.class);
			assertThat(new AheadOfTime(this.directory, Application.class).processAndCall(context))
				.isEqualTo("WebSocketConnection[my-feed]");
		}
	}

	@Test
	void propertiesCanBeBoundInANativeImage() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Client.class);
			GenerationContext generation = new AheadOfTime(this.directory, Application.class).generation();
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(ConnectionProperties.class)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS)).accepts(generation.getRuntimeHints());
		}
	}

	private static void add(GenericApplicationContext context, String property) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of(property, "ws://localhost:9", "resilient.websocket.auto-startup", "false")));
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
				add(context, "resilient.websocket.connections.my-feed.url");
				((ApplicationContextInitializer<GenericApplicationContext>) this.initializer.getConstructor()
					.newInstance()).initialize(context);
				context.refresh();
				assertThat(context.getBeanNamesForType(WebSocketConnection.class))
					.containsExactly("myFeedWebSocketConnection");
				return context.getBean(WebSocketConnection.class).toString();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WebSocketResilienceAutoConfiguration.class)
	static class Client {

	}

}
