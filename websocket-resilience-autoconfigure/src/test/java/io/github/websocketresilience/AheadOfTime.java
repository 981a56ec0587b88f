package io.github.websocketresilience;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, compiles what was generated, and runs it in a
 * class loader of its own.
 */
public final class AheadOfTime {

	private final Path directory;

	private final Class<? extends Callable<?>> application;

	private final DefaultGenerationContext generation;

	/**
	 * Prepare.
	 * @param directory where files go
	 * @param application runs with the generated classes; its constructor takes that of
	 * the initializer
	 */
	public AheadOfTime(Path directory, Class<? extends Callable<?>> application) {
		this.directory = directory;
		this.application = application;
		this.generation = new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(application)),
				new FileSystemGeneratedFiles(directory));
	}

	/** What processing brought. */
	public DefaultGenerationContext generation() {
		return this.generation;
	}

	/** Process a context and run the application, and return what it returned. */
	public Object processAndCall(GenericApplicationContext context) throws Exception {
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
		this.generation.writeGeneratedContent();
		compile();
		try (URLClassLoader isolated = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			Constructor<?> constructor = isolated.loadClass(this.application.getName())
				.getDeclaredConstructor(Class.class);
			constructor.setAccessible(true);
			return ((Callable<?>) constructor.newInstance(isolated.loadClass(initializer.canonicalName()))).call();
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

}
