package io.github.websocketresilience.test.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client and a server on machines of their own, and a network between them that fails.
 * What is measured is printed as lines of a table: fault, detection (bound), recovery
 * (bound).
 */
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NetworkFaultTests {

	private static final String PORT = "7000";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private static Path directory;

	private static Network network;

	private static FaultServer server;

	private static ChildProcess client;

	private int socket;

	@BeforeAll
	static void connect() {
		network = Network.create();
		System.out.println("== fault | detected (bound) | open again (bound)");
		server = serve();
		tellAddress();
		client = FaultClient.start(network.onClient(),
				List.of("-Djdk.net.hosts.file=" + hosts(), "-Dsun.net.inetaddr.ttl=0"), "ws://server.test:" + PORT,
				Measurement.settings());
	}

	@AfterAll
	static void disconnect() {
		if (client != null) {
			client.close();
		}
		if (server != null) {
			server.close();
		}
		if (network != null) {
			network.close();
		}
	}

	@BeforeEach
	void awaitMessages() {
		this.socket = server.awaitTextsAfter(server.socket() - 1);
	}

	@AfterEach
	void heal() {
		network.heal();
		server.command("calm");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			client to server,                    true,  false, calm
			client to server while messages come, true,  false, feed
			server to client,                    false, true,  calm
			both ways,                           true,  true,  calm
			""")
	void packetsThatVanishAreNoticedByTheHeartbeat(String direction, boolean ofClient, boolean ofServer,
			String messages) {
		server.command(messages);
		Measurement measurement = new Measurement("all packets lost, " + direction, client);
		if (ofClient) {
			network.losePacketsOfClient();
		}
		if (ofServer) {
			network.losePacketsOfServer();
		}
		measurement.awaitHeartbeatTimeout();
		measurement.awaitFailedAttempt();
		measurement.heals();
		network.heal();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void flowThatARouterForgetsIsReplacedByANewOne() {
		int port = server.ask("ports")
			.get("ports")
			.valueStream()
			.mapToInt(JsonNode::asInt)
			.reduce(0, (first, last) -> last);
		Measurement measurement = new Measurement("flow forgotten, new ones work", client);
		network.forgetFlow(port);
		measurement.awaitHeartbeatTimeout();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void resetIsNoticedAtOnce() {
		Measurement measurement = new Measurement("RST", client);
		server.command("reset");
		measurement.awaitLoss();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void serverThatIsKilledAndStartedAgainIsFound() {
		Measurement measurement = new Measurement("server killed, started again", client);
		server.kill();
		measurement.awaitLoss();
		measurement.awaitFailedAttempt();
		measurement.heals();
		server = serve();
		measurement.awaitRecovery();
		server.awaitTextsAfter(0);
		server.assertOneSocketAtATime();
	}

	@Test
	void clientFindsItsServerFromAnotherAddress() {
		Measurement measurement = new Measurement("another address of the client", client);
		network.renumberClient();
		measurement.awaitHeartbeatTimeout();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void serverIsFoundAtItsOtherAddress() {
		Measurement measurement = new Measurement("another address of the server", client);
		network.renumberServer();
		tellAddress();
		measurement.awaitHeartbeatTimeout();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void shortInterruptionsAreLeftToTcp() {
		client.forget();
		for (int i = 0; i < 5; i++) {
			network.losePacketsOfClient();
			network.losePacketsOfServer();
			pass(Duration.ofMillis(300));
			network.heal();
			pass(Duration.ofMillis(700));
		}
		System.out.println("== all packets lost both ways for 300 ms of each second | not an end | -");
		assertThat(client.lines("Disconnected")).isEmpty();
		assertThat(server.awaitTextsAfter(this.socket - 1)).isEqualTo(this.socket);
		server.assertOneSocketAtATime();
	}

	private void assertReplaced() {
		assertThat(server.awaitTextsAfter(this.socket)).isGreaterThan(this.socket);
		server.assertOneSocketAtATime();
	}

	private static FaultServer serve() {
		return FaultServer.start(network.onServer(), PORT, "0.0.0.0");
	}

	private static Path hosts() {
		return directory.resolve("hosts");
	}

	private static void tellAddress() {
		try {
			Files.writeString(hosts(), network.serverAddress() + " server.test\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pass(Duration time) {
		await().pollDelay(time).atMost(time.plus(PATIENCE)).until(() -> true);
	}

}
