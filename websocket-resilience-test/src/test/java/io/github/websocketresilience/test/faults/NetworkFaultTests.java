package io.github.websocketresilience.test.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client and a server on machines of their own, and a network between them that fails.
 * What is measured is printed as lines of a table: fault, detection (bound), recovery
 * (bound). Each test has a network of its own, so they run side by side.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NetworkFaultTests {

	private static final String PORT = "7000";

	@TempDir
	private Path directory;

	private Network network;

	private FaultServer server;

	private ChildProcess client;

	private int socket;

	@BeforeEach
	void connect() {
		this.network = Network.create();
		this.server = serve();
		tellAddress();
		this.client = FaultClient.start(this.network.onClient(),
				List.of("-Djdk.net.hosts.file=" + hosts(), "-Dsun.net.inetaddr.ttl=0"), "ws://server.test:" + PORT,
				Measurement.settings());
		this.socket = this.server.awaitTextsAfter(0);
	}

	@AfterEach
	void disconnect() {
		if (this.client != null) {
			this.client.close();
		}
		if (this.server != null) {
			this.server.close();
		}
		if (this.network != null) {
			this.network.close();
		}
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
		this.server.command(messages);
		Measurement measurement = new Measurement("all packets lost, " + direction, this.client);
		if (ofClient) {
			this.network.losePacketsOfClient();
		}
		if (ofServer) {
			this.network.losePacketsOfServer();
		}
		measurement.awaitHeartbeatTimeout();
		measurement.awaitFailedAttempt();
		measurement.heals();
		this.network.heal();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void flowThatARouterForgetsIsReplacedByANewOne() {
		int port = this.server.ask("ports")
			.get("ports")
			.valueStream()
			.mapToInt(JsonNode::asInt)
			.reduce(0, (first, last) -> last);
		Measurement measurement = new Measurement("flow forgotten, new ones work", this.client);
		this.network.forgetFlow(port);
		measurement.awaitHeartbeatTimeout();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void resetIsNoticedAtOnce() {
		Measurement measurement = new Measurement("RST", this.client);
		this.server.command("reset");
		measurement.awaitLoss();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void serverThatIsKilledAndStartedAgainIsFound() {
		Measurement measurement = new Measurement("server killed, started again", this.client);
		FaultServer killed = this.server;
		killed.kill();
		measurement.awaitLoss();
		measurement.awaitFailedAttempt();
		measurement.heals();
		this.server = serve();
		measurement.awaitRecovery();
		this.server.awaitTextsAfter(0);
		this.server.assertOneSocketAtATime(killed);
	}

	@Test
	void clientFindsItsServerFromAnotherAddress() {
		Measurement measurement = new Measurement("another address of the client", this.client);
		this.network.renumberClient();
		measurement.awaitHeartbeatTimeout();
		measurement.awaitRecovery();
		assertReplaced();
	}

	@Test
	void serverIsFoundAtItsOtherAddress() {
		Measurement measurement = new Measurement("another address of the server", this.client);
		this.network.renumberServer();
		tellAddress();
		measurement.awaitHeartbeatTimeout();
		measurement.awaitRecovery();
		assertReplaced();
	}

	private void assertReplaced() {
		assertThat(this.server.awaitTextsAfter(this.socket)).isGreaterThan(this.socket);
		this.server.assertOneSocketAtATime();
	}

	private FaultServer serve() {
		return FaultServer.start(this.network.onServer(), PORT, "0.0.0.0");
	}

	private Path hosts() {
		return this.directory.resolve("hosts");
	}

	private void tellAddress() {
		try {
			Files.writeString(hosts(), this.network.serverAddress() + " server.test\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
