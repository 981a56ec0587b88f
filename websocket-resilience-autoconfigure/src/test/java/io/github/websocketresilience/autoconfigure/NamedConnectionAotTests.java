package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

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
		ClassName initializer = process();
		compile();
		try (URLClassLoader isolated = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			Constructor<?> application = isolated.loadClass(Application.class.getName())
				.getDeclaredConstructor(Class.class);
			application.setAccessible(true);
			Callable<?> run = (Callable<?>) application.newInstance(isolated.loadClass(initializer.canonicalName()));
			assertThat(run.call()).isEqualTo("WebSocketConnection[my-feed]");
		}
	}

	private ClassName process() {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(Application.class)), new FileSystemGeneratedFiles(this.directory));
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			add(context, "resilient.websocket.connections.of-the-build.url");
			context.register(Client.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return initializer;
		}
	}

	private static void add(GenericApplicationContext context, String property) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of(property, "ws://localhost:9", "resilient.websocket.auto-startup", "false")));
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
