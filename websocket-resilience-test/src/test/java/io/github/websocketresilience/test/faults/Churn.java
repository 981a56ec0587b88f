package io.github.websocketresilience.test.faults;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;

/**
 * Servers on several loopback addresses, a port and its TIME_WAITs each, that end every
 * connection with its first message, in turn in each way there is, until they are told to
 * have done so often enough.
 */
final class Churn implements AutoCloseable {

	/** The path of connections that are left without an answer to their heartbeats. */
	static final String BEATING = "beating";

	private final List<ScriptedWebSocketServer> servers = new ArrayList<>();

	private final List<ServerConnection> resting = new ArrayList<>();

	private int ends;

	private int silences;

	Churn(int addresses) {
		for (int i = 2; i < 2 + addresses; i++) {
			ScriptedWebSocketServer server = new ScriptedWebSocketServer(new InetSocketAddress("127.0.0." + i, 0));
			this.servers.add(server);
			server.otherAttempts().then(this::answer);
			server.start();
		}
	}

	String urls() {
		return this.servers.stream().map((server) -> server.uri().toString()).collect(Collectors.joining(" "));
	}

	/**
	 * End connections from now on.
	 * @param ends how many are asked to reconnect, closed or reset
	 * @param silences how many of the {@value #BEATING} ones fall silent
	 */
	synchronized void begin(int ends, int silences) {
		this.ends = ends;
		this.silences = silences;
		List<ServerConnection> again = List.copyOf(this.resting);
		this.resting.clear();
		again.stream().filter((connection) -> !connection.hasEnded()).forEach(this::end);
	}

	synchronized boolean isOver() {
		return this.ends == 0 && this.silences == 0;
	}

	/**
	 * Return what the servers saw.
	 */
	List<ServerConnection> attempts() {
		return this.servers.stream().flatMap((server) -> server.connections().stream()).toList();
	}

	private void answer(ServerConnection connection) {
		connection.answerTexts((text) -> {
			end(connection);
			return null;
		});
	}

	private synchronized void end(ServerConnection connection) {
		boolean beating = connection.request().target().contains(BEATING);
		if (beating && this.silences > 0) {
			this.silences--;
			connection.halfOpen();
		}
		else if (!beating && this.ends > 0) {
			this.ends--;
			end(connection, this.ends % 3);
		}
		else {
			this.resting.add(connection);
		}
	}

	private static void end(ServerConnection connection, int way) {
		switch (way) {
			case 0 -> connection.sendText(CrowdClient.RECONNECT);
			case 1 -> connection.close(1001, "");
			default -> connection.dropWithReset();
		}
	}

	@Override
	public void close() {
		this.servers.forEach(ScriptedWebSocketServer::close);
	}

}
