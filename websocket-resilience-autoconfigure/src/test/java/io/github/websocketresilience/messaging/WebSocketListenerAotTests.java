package io.github.websocketresilience.messaging;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.WebSocketConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

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
		ClassName initializer = process();
		compile();
		try (URLClassLoader isolated = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			Constructor<?> application = isolated.loadClass(Application.class.getName())
				.getDeclaredConstructor(Class.class);
			application.setAccessible(true);
			Callable<?> run = (Callable<?>) application.newInstance(isolated.loadClass(initializer.canonicalName()));
			assertThat(run.call()).isEqualTo("[Question[id=1, detail=Detail[text=a]]]");
		}
	}

	private ClassName process() {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(Application.class)), new FileSystemGeneratedFiles(this.directory));
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Listening.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listening.class, "single"))
				.accepts(generation.getRuntimeHints());
			return initializer;
		}
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (Stream<Path> files = Files.walk(this.directory);
				StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).isNotEmpty();
			List<String> options = List.of("-proc:none", "-nowarn", "-d", this.directory.toString());
			assertThat(
					compiler.getTask(null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
						.call())
				.isTrue();
		}
	}

	private URL[] classPath() throws IOException {
		List<URL> urls = new ArrayList<>();
		urls.add(this.directory.toUri().toURL());
		String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		for (String entry : all.split(System.getProperty("path.separator"))) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return urls.toArray(URL[]::new);
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
