package io.github.websocketresilience;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds our classes to {@link Rooms}, and {@code Rooms} to small planted violators that
 * are compiled here: a rule that catches nothing is no rule.
 */
class RoomsTests {

	private static final Map<String, ArchRule> RULES = Rooms.rules();

	private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");

	private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

	private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

	/** One for all compilations: it remembers what it read of the class path. */
	private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

	@TempDir
	private static Path house;

	@BeforeAll
	static void furnish() throws Exception {
		Stream<Path> classPath = Arrays
			.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
			.map(Path::of);
		FILES.setLocationFromPaths(StandardLocation.CLASS_PATH, Stream.concat(Stream.of(house), classPath).toList());
		List<String> sources = new ArrayList<>();
		Stream.concat(Stream.of(Rooms.BASE), Rooms.NAMES.stream().map((room) -> Rooms.BASE + "." + room))
			.forEach((name) -> {
				sources.add("@org.jspecify.annotations.NullMarked package " + name + ";");
				sources.add("package " + name + "; public class Stub { }");
			});
		compile(house, sources);
	}

	@ParameterizedTest
	@MethodSource("names")
	void weKeepTheRule(String name) throws Exception {
		RULES.get(name).check(new ClassFileImporter().importUrl(mainClasses().toURL()));
	}

	@AfterAll
	static void leave() throws IOException {
		FILES.close();
	}

	@Test
	void ourOwnClassesAreSeen() throws Exception {
		assertThat(new ClassFileImporter().importUrl(mainClasses().toURL())
			.contain("io.github.websocketresilience.package-info")).isTrue();
	}

	@ParameterizedTest
	@MethodSource("violators")
	void aViolatorIsCaught(Planted planted, @TempDir Path directory) {
		assertThat(brokenRules(planted, directory)).containsExactly(planted.rule());
	}

	@ParameterizedTest
	@MethodSource("tenants")
	void aGoodTenantIsLeftAlone(Planted planted, @TempDir Path directory) {
		assertThat(brokenRules(planted, directory)).isEmpty();
	}

	@Test
	void everyRuleHasItsViolator() {
		Set<String> caught = violators().map(Planted::rule).collect(Collectors.toSet());
		assertThat(caught).containsExactlyInAnyOrderElementsOf(RULES.keySet());
	}

	static Stream<String> names() {
		return RULES.keySet().stream();
	}

	static Stream<Planted> violators() {
		return Stream.of(
				// The API imports nobody
				in("", "class P { engine.Stub stub; }").breaks("api"),
				in("", "class P { autoconfigure.Stub stub; }").breaks("api"),
				in("", "class P { org.springframework.core.env.Environment it; }").breaks("api"),
				in("", "class P { io.micrometer.core.instrument.MeterRegistry it; }").breaks("api"),
				in("", "class P { tools.jackson.databind.json.JsonMapper it; }").breaks("api"),
				in("", "class P { org.slf4j.Logger it; }").breaks("api"),
				in("", "class P { java.util.logging.Logger it; }").breaks("api"),
				// The engine knows the API and java.base
				in("engine", "class P { transport.Stub[] stubs; }").breaks("engine"),
				in("engine", "class P { autoconfigure.Stub stub; }").breaks("engine"),
				in("engine", "class P { org.springframework.core.io.Resource it; }").breaks("engine"),
				in("engine", "class P { org.slf4j.Logger it; }").breaks("engine"),
				in("engine", "class P { java.net.http.HttpClient it; }").breaks("engine"),
				// The edges know the API and their own library
				in("transport", "class P { messaging.Stub stub; }").breaks("transport"),
				in("transport", "class P { org.springframework.boot.ssl.SslBundle it; }").breaks("transport"),
				in("messaging", "class P { engine.Stub stub; }").breaks("messaging"),
				in("messaging", "class P { transport.Stub stub; }").breaks("messaging"),
				in("security", "class P { engine.Stub stub; }").breaks("security"),
				in("security", "class P { transport.Stub stub; }").breaks("security"),
				in("security", "class P { org.springframework.beans.factory.ObjectProvider<String> it; }")
					.breaks("security"),
				in("metrics", "class P { engine.Stub stub; }").breaks("metrics"),
				in("metrics", "class P { org.springframework.boot.SpringApplication it; }").breaks("metrics"),
				in("observation", "class P { engine.Stub stub; }").breaks("observation"),
				in("observation", "class P { org.springframework.boot.SpringApplication it; }").breaks("observation"),
				in("logging", "class P { engine.Stub stub; }").breaks("logging"),
				in("logging", "class P { org.springframework.boot.SpringApplication it; }").breaks("logging"),
				in("health", "class P { engine.Stub stub; }").breaks("health"),
				in("health", "class P { io.micrometer.core.instrument.MeterRegistry it; }").breaks("health"),
				in("actuate.endpoint", "class P { engine.Stub stub; }").breaks("actuate.endpoint"),
				in("actuate.endpoint", "class P { io.micrometer.core.instrument.Meter it; }")
					.breaks("actuate.endpoint"),
				in("actuate.endpoint", "class P { autoconfigure.Stub stub; }").breaks("actuate.endpoint"),
				in("autoconfigure", "class P { org.apache.tomcat.websocket.WsSession it; }").breaks("autoconfigure"),
				// The house has no other rooms
				in("util", "class P { }").withPackageInfo().breaks("no other room"),
				in("actuate", "class P { }").withPackageInfo().breaks("no other room"),
				in("engine.phase", "class P { }").breaks("null-marked"),
				in("transport", "class P { org.apache.tomcat.websocket.WsSession it; }",
						"class Q { org.apache.tomcat.websocket.WsWebSocketContainer it; }")
					.breaks("one Tomcat class"),
				// The engine asks its ports
				engineCode("System.nanoTime()").breaks("engine: time, chance and threads"),
				engineCode("System.currentTimeMillis()").breaks("engine: time, chance and threads"),
				engineCode("(java.util.function.LongSupplier) System::nanoTime")
					.breaks("engine: time, chance and threads"),
				engineCode("java.time.Instant.now()").breaks("engine: time, chance and threads"),
				engineCode("java.time.Clock.systemUTC()").breaks("engine: time, chance and threads"),
				engineCode("Math.random()").breaks("engine: time, chance and threads"),
				engineCode("java.util.concurrent.ThreadLocalRandom.current()")
					.breaks("engine: time, chance and threads"),
				engineCode("java.util.concurrent.Executors.newCachedThreadPool()")
					.breaks("engine: time, chance and threads"),
				futureCode("future.thenRunAsync(() -> { })").breaks("engine: time, chance and threads"),
				futureCode("java.util.concurrent.CompletableFuture.supplyAsync(() -> 1)")
					.breaks("engine: time, chance and threads"),
				futureCode("future.orTimeout(1, java.util.concurrent.TimeUnit.DAYS)")
					.breaks("engine: time, chance and threads"),
				futureCode("future.completeOnTimeout(1, 1, java.util.concurrent.TimeUnit.DAYS)")
					.breaks("engine: time, chance and threads"),
				futureCode("future.delayedExecutor(1, java.util.concurrent.TimeUnit.DAYS)")
					.breaks("engine: time, chance and threads"),
				engineCode("Thread.currentThread()").breaks("engine: no thread"),
				engineCode("new Thread(() -> { })").breaks("engine: no thread"),
				in("engine", "class P { Thread owner; }").breaks("engine: no thread"),
				in("engine", "class SerialExecutor { void run() throws Exception { Thread.sleep(1); } }")
					.breaks("engine: no thread"),
				in("engine", "class SerialExecutor { Object it = new Thread(() -> { }); }").breaks("engine: no thread"),
				in("engine", "class P { synchronized void run() { } }").breaks("engine: no monitor"),
				in("engine", "class P { void run() { synchronized (this) { hashCode(); } } }")
					.breaks("engine: no monitor"),
				// Boot's own habits
				in("autoconfigure", "@org.springframework.boot.autoconfigure.AutoConfiguration final class P { }")
					.breaks("auto-configuration: public final"),
				in("autoconfigure", "@org.springframework.boot.autoconfigure.AutoConfiguration public class P { }")
					.breaks("auto-configuration: public final"),
				in("autoconfigure",
						"class P { @org.springframework.context.annotation.Bean public String it() { return \"\"; } }")
					.breaks("auto-configuration: bean methods"));
	}

	static Stream<Planted> tenants() {
		return Stream.of(
				in("", "public sealed interface P { record Q(byte[] bytes, @org.jspecify.annotations.Nullable String s)"
						+ " implements P { } enum E { A, B; int in(E e) { return switch (e) { case A -> 1; case B -> 2; };"
						+ " } } }"),
				in("engine", "final class P extends Stub { " + Rooms.BASE + ".Stub[] stubs; int[][] grid;"
						+ " java.util.concurrent.CompletableFuture<Void> it() { Runnable r = this::hashCode; r.run();"
						+ " return new java.util.concurrent.CompletableFuture<Void>().thenRun(r); } }"),
				in("engine",
						"class SerialExecutor { private volatile Thread owner; boolean inside() {"
								+ " return this.owner == Thread.currentThread(); }"
								+ " void enter() { this.owner = Thread.currentThread(); } }"),
				in("transport",
						"class P { engine.Stub stub; org.slf4j.Logger log; jakarta.websocket.Session session;"
								+ " org.springframework.web.socket.client.standard.StandardWebSocketClient client;"
								+ " long now() { return System.nanoTime(); } Thread thread; }"),
				in("transport",
						"class P { org.apache.tomcat.websocket.WsSession it; Runnable r = new Runnable() {"
								+ " org.apache.tomcat.websocket.WsWebSocketContainer it; public void run() { } }; }"),
				in("messaging",
						"class P { tools.jackson.databind.json.JsonMapper mapper;"
								+ " org.springframework.messaging.Message<?> message;"
								+ " org.springframework.context.ApplicationContext context; }"),
				in("security",
						"class P { org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager manager;"
								+ " org.springframework.core.Ordered order; org.slf4j.Logger log; }"),
				in("metrics",
						"class P { io.micrometer.core.instrument.MeterRegistry it; java.lang.management.ThreadMXBean b; }"),
				in("observation", "class P { io.micrometer.observation.ObservationRegistry it; }"),
				in("logging", "class P { org.slf4j.Logger it; }"),
				in("health", "class P { org.springframework.boot.health.contributor.Health it; }"),
				in("actuate.endpoint",
						"@org.springframework.boot.actuate.endpoint.annotation.Endpoint(id = \"p\")" + " class P { }"),
				in("autoconfigure",
						"@org.springframework.boot.autoconfigure.AutoConfiguration public final class P { engine.Stub stub;"
								+ " io.micrometer.core.instrument.MeterRegistry registry;"
								+ " @org.springframework.context.annotation.Bean String it() { return \"\"; } }"));
	}

	private static Planted engineCode(String expression) {
		return in("engine", "class P { Object it() { return " + expression + "; } }");
	}

	private static Planted futureCode(String expression) {
		return in("engine",
				"class P { Object it(java.util.concurrent.CompletableFuture<Object> future) { return %s; } }"
					.formatted(expression));
	}

	/** Room names before {@code .Stub} are relative to ours, for short lines above. */
	private static Planted in(String room, String... types) {
		String name = room.isEmpty() ? Rooms.BASE : Rooms.BASE + "." + room;
		List<String> sources = Arrays.stream(types)
			.map((type) -> "package " + name + "; " + type.replaceAll("(?<![\\w.])(\\w+\\.Stub)", Rooms.BASE + ".$1"))
			.toList();
		return new Planted("", sources);
	}

	private static Set<String> brokenRules(Planted planted, Path directory) {
		compile(directory, planted.sources());
		JavaClasses classes = new ClassFileImporter().importPaths(house, directory);
		return RULES.entrySet()
			.stream()
			.filter((rule) -> rule.getValue().evaluate(classes).hasViolation())
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static void compile(Path directory, List<String> sources) {
		List<Source> units = sources.stream().map(Source::new).toList();
		try {
			FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(directory));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(JAVAC.getTask(null, FILES, null, List.of("-proc:none"), null, units).call())
			.as("compiles: %s", sources)
			.isTrue();
	}

	private static Optional<String> first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	private static URI mainClasses() throws Exception {
		return Class.forName(Rooms.BASE + ".package-info").getProtectionDomain().getCodeSource().getLocation().toURI();
	}

	record Planted(String rule, List<String> sources) {

		Planted breaks(String rule) {
			return new Planted(rule, this.sources);
		}

		Planted withPackageInfo() {
			String packageName = first(PACKAGE, this.sources.get(0)).orElseThrow();
			List<String> all = new ArrayList<>(this.sources);
			all.add("@org.jspecify.annotations.NullMarked package " + packageName + ";");
			return new Planted(this.rule, all);
		}

		@Override
		public String toString() {
			return this.rule + this.sources;
		}

	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///" + first(TYPE, text).orElse("package-info") + ".java"),
					JavaFileObject.Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
