package io.github.websocketresilience.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample as it is started from the command line, and as it stops.
 */
class StartAndStopTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	@Test
	void outsideServerIsOneMore() {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();
				ConfigurableApplicationContext sample = run("--resilient.websocket.url=" + server.uri())) {
			server.awaitAttempt(1, Sample.PATIENCE).awaitOpened(Sample.PATIENCE);
			assertThat(sample.getBean(WebSocketConnections.class)).map(WebSocketConnection::name)
				.contains("default", "quotes");
		}
	}

	@Test
	void stoppedPortIsNotOpenedAfterTheEnd() throws Exception {
		try (ConfigurableApplicationContext sample = run()) {
			post(sample, "/api/faults/stop?seconds=1");
			assertThat(isListening()).isFalse();
		}
		await().during(Duration.ofSeconds(2)).atMost(Sample.PATIENCE).until(() -> !isListening());
	}

	@Test
	void portIsOpenedAgainWhenTheSampleIs() throws Exception {
		try (ConfigurableApplicationContext sample = run()) {
			post(sample, "/api/faults/stop?seconds=60");
			sample.stop();
			sample.start();
			assertThat(isListening()).isTrue();
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(SampleApplication.class)
			.run(Stream.concat(Stream.of("--server.port=0", "--demo.port=" + this.port), Stream.of(arguments))
				.toArray(String[]::new));
	}

	private static void post(ConfigurableApplicationContext sample, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + sample.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
			.isEqualTo(200);
	}

	private boolean isListening() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
