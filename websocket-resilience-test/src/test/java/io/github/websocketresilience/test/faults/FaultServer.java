package io.github.websocketresilience.test.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import io.github.websocketresilience.test.interoperability.NodeInstallation;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program {@code faults.js} in a process of its own.
 */
final class FaultServer extends ChildProcess {

	private FaultServer(List<String> command) {
		super(new ProcessBuilder(command).directory(NodeInstallation.directory().toFile()));
	}

	/**
	 * Start it on this machine and wait until it listens.
	 * @return the running server
	 */
	static FaultServer start() {
		return start(List.of(), "0", "127.0.0.1");
	}

	/**
	 * Start it and wait until it listens.
	 * @param prefix the words that start a program elsewhere
	 * @param port the port, or 0 for any
	 * @param address where it listens
	 * @return the running server
	 */
	static FaultServer start(List<String> prefix, String port, String address) {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of("node", "faults.js", port, address));
		FaultServer server = new FaultServer(command);
		try {
			server.awaitLines("listening", 1);
			return server;
		}
		catch (RuntimeException ex) {
			server.kill();
			throw ex;
		}
	}

	String url() {
		return "ws://127.0.0.1:" + lines("listening").get(0).get("port").asInt();
	}

	/**
	 * Wait for messages on a socket that is younger than another.
	 * @param socket the number of the older one
	 * @return the number of the younger one
	 */
	int awaitTextsAfter(int socket) {
		int known = lines("text").size();
		for (int count = known + 1;; count++) {
			JsonNode text = awaitLines("text", count).get(count - 1);
			if (text.get("socket").asInt() > socket) {
				awaitLines("text", count + 5);
				return text.get("socket").asInt();
			}
		}
	}

	/**
	 * Return the socket on which the last message came.
	 * @return its number, 0 before the first
	 */
	int socket() {
		return lines("text").stream().mapToInt((text) -> text.get("socket").asInt()).max().orElse(0);
	}

	/**
	 * The client numbers what it sends. Every number of a socket must be behind all of
	 * the sockets before: at no time did two of them carry messages.
	 * @param before servers that the client spoke with before this one, in order
	 */
	void assertOneSocketAtATime(FaultServer... before) {
		List<List<Integer>> numbers = Stream.concat(Arrays.stream(before), Stream.of(this))
			.flatMap((server) -> server.numbersBySocket().values().stream())
			.toList();
		assertThat(numbers.stream().flatMap(List::stream)).as("numbers by socket: %s", numbers)
			.isSorted()
			.doesNotHaveDuplicates();
	}

	/**
	 * Return the numbers that came.
	 * @return all so far as they came on each socket, in the order of the sockets
	 */
	Map<Integer, List<Integer>> numbersBySocket() {
		return lines("text").stream()
			.collect(Collectors.groupingBy((line) -> line.get("socket").asInt(), TreeMap::new,
					Collectors.mapping((line) -> Integer.parseInt(line.get("text").asString()), Collectors.toList())));
	}

}
