package io.github.websocketresilience.test.faults;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.websocketresilience.test.Opcode;
import io.github.websocketresilience.test.ReceivedFrame;
import io.github.websocketresilience.test.ServerConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Judges, as the server saw it, whether a connection had one socket at a time. Each
 * connection has a path of its own and numbers what it sends.
 */
final class OneSocket {

	private OneSocket() {
	}

	/**
	 * Return the attempts of each connection.
	 * @param attempts those that a server saw
	 * @return in order, by path
	 */
	static Map<String, List<ServerConnection>> byPath(Collection<ServerConnection> attempts) {
		return attempts.stream()
			.collect(Collectors.groupingBy((attempt) -> attempt.request().target(), TreeMap::new, Collectors.toList()));
	}

	/**
	 * Every number of a socket must be behind all of the sockets before, and come after
	 * them: at no time did two sockets carry messages.
	 * @param attempts those that a server saw
	 * @return how many numbers came
	 */
	static long assertAtATime(Collection<ServerConnection> attempts) {
		return byPath(attempts).entrySet()
			.stream()
			.mapToLong((entry) -> assertAtATime(entry.getKey(), entry.getValue()))
			.sum();
	}

	private static long assertAtATime(String path, List<ServerConnection> attempts) {
		List<ReceivedFrame> frames = attempts.stream()
			.flatMap((attempt) -> attempt.frames().stream())
			.filter((frame) -> frame.opcode() == Opcode.TEXT)
			.toList();
		List<Integer> numbers = frames.stream().map((frame) -> Integer.valueOf(frame.text())).toList();
		List<Instant> times = frames.stream().map(ReceivedFrame::at).toList();
		assertThat(numbers).as("numbers of %s by socket", path).isSorted().doesNotHaveDuplicates();
		assertThat(times).as("arrival of the numbers of %s by socket", path).isSorted();
		return numbers.size();
	}

}
