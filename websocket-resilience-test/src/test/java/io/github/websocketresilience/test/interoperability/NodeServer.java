package io.github.websocketresilience.test.interoperability;

import java.util.List;

/**
 * A Node program that serves a recipe or load. See {@code server.js} and {@code load.js}
 * for what it prints and obeys.
 */
final class NodeServer extends ChildProcess {

	private NodeServer(String program, int port) {
		super(new ProcessBuilder("node", program, Integer.toString(port))
			.directory(NodeInstallation.directory().toFile()));
	}

	/**
	 * Start a program and wait until it listens.
	 * @param program the name of its file
	 * @param port the port, or 0 for any
	 * @return the running server
	 */
	static NodeServer start(String program, int port) {
		NodeServer server = new NodeServer(program, port);
		try {
			server.awaitLines("listening", 1);
			return server;
		}
		catch (RuntimeException ex) {
			server.kill();
			throw ex;
		}
	}

	int port() {
		return lines("listening").get(0).get("port").asInt();
	}

	/**
	 * Return where it listens.
	 * @return the address of its root
	 */
	String url() {
		return "ws://localhost:" + port();
	}

	/**
	 * Return the texts that arrived, in order.
	 * @return all so far
	 */
	List<String> texts() {
		return lines("text").stream().map((line) -> line.get("text").asString()).toList();
	}

}
