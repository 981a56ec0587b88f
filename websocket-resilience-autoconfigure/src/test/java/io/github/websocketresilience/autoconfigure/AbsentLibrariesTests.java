package io.github.websocketresilience.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.transport.RawServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs an application on class paths that truly lack the optional libraries: it works,
 * and loads nothing of the rooms that are for them.
 * <p>
 * There is a client registration that no connection wants: without Jackson, which Spring
 * Security needs to ask for tokens, that has to do too.
 */
class AbsentLibrariesTests {

	private static final String BASE = "io.github.websocketresilience.";

	/** For the sake of a room that is entered only where there is one. */
	private static final String REGISTRATION = "--spring.security.oauth2.client.registration.feed.";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					micrometer-core spring-boot-micrometer | metrics. observation. | health.WebSocketHealthContributor actuate.endpoint.WebSocketsEndpoint messaging.JacksonJsonCodec security.OAuth2HandshakeCustomizer
					micrometer                             | metrics. observation. | health.WebSocketHealthContributor logging.
					micrometer-tracing                     | observation.Linking   | observation.MessageObservationInterceptor metrics.MetricsConnectionObserver
					spring-boot-actuator spring-boot-health | health. actuate. | metrics.MetricsConnectionObserver observation.LinkingTracingObservationHandler
					jackson spring-security spring-boot-security | messaging.Jackson messaging.ScalarScan security. | messaging.WebSocketListenerMethodProcessor
					spring-security spring-boot-security   | security.  | messaging.JacksonJsonCodec metrics.MetricsConnectionObserver
					jackson                                | messaging.Jackson messaging.ScalarScan | security.OAuth2HandshakeCustomizer
					spring-messaging                       | messaging.WebSocketListenerDispatcher messaging.WebSocketListenerMethod messaging.ListenerMethod | messaging.ApplicationEventPublishingListener
					micrometer-core spring-boot-micrometer spring-boot-actuator spring-boot-health jackson spring-messaging spring-security spring-boot-security | metrics. observation. health. actuate. security. messaging.Jackson messaging.WebSocketListenerDispatcher messaging.WebSocketListenerMethod messaging.ListenerMethod | messaging.ApplicationEventPublishingListener logging.
					""")
	void applicationWorksAndLeavesTheRoomsAlone(String absent, String unloaded, String loaded) throws Exception {
		List<String> output = run(absent.split(" "));
		assertThat(output).contains("received hello");
		List<String> classes = Files.readAllLines(this.directory.resolve("classes"));
		assertThat(classes.stream().filter((line) -> isOf(line, unloaded))).isEmpty();
		for (String one : loaded.split(" ")) {
			assertThat(classes).as("classes of " + one).anyMatch((line) -> isOf(line, one));
		}
	}

	private List<String> run(String... absent) throws Exception {
		ChildApplication child = new ChildApplication(this.directory.resolve("output"),
				"-Xlog:class+load:file=" + this.directory.resolve("classes"));
		try (RawServer server = new RawServer(AbsentLibrariesTests::answer)) {
			return child.run(classPath(absent), AbsentLibrariesApplication.class,
					"--resilient.websocket.url=" + server.uri(), REGISTRATION + "client-id=a",
					REGISTRATION + "client-secret=b", REGISTRATION + "authorization-grant-type=client_credentials",
					"--spring.security.oauth2.client.provider.feed.token-uri=" + server.uri(),
					"--management.endpoints.web.exposure.include=websockets");
		}
	}

	private static void answer(RawServer.Connection connection) throws IOException {
		connection.accept();
		connection.sendText(connection.readFrame().text());
		connection.serve();
	}

	private static String classPath(String... absent) {
		List<String> entries = List.of(ChildApplication.classPath().split(Pattern.quote(File.pathSeparator)));
		for (String name : absent) {
			assertThat(entries).as("there to be left out").anyMatch((entry) -> isJar(entry, name));
		}
		return entries.stream()
			.filter((entry) -> Arrays.stream(absent).noneMatch((name) -> isJar(entry, name)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean isJar(String entry, String name) {
		String file = Path.of(entry).getFileName().toString();
		return file.endsWith(".jar") && (file.startsWith(name) || file.startsWith("spring-boot-" + name));
	}

	private static boolean isOf(String line, String prefixes) {
		return Stream.of(prefixes.split(" ")).anyMatch((prefix) -> line.contains(" " + BASE + prefix));
	}

}
