package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * A {@link CrowdClient} as its test sees it.
 */
final class Crowd extends ChildProcess {

	/** For a JVM and an application to start, beside whatever else the machine does. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private Crowd(List<String> command) {
		super(new ProcessBuilder(command));
	}

	/**
	 * Start it.
	 * @param properties what is configured
	 * @return the process, without connections
	 */
	static Crowd start(String... properties) {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>();
		command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:SoftRefLRUPolicyMSPerMB=0", "-XX:TieredStopAtLevel=1", "-Dlogging.level.root=ERROR", "-cp", path,
				CrowdClient.class.getName()));
		command.addAll(List.of(properties));
		Crowd crowd = new Crowd(command);
		try {
			await("start").atMost(PATIENCE).until(() -> !crowd.lines("ready").isEmpty());
			return crowd;
		}
		catch (RuntimeException ex) {
			crowd.kill();
			throw ex;
		}
	}

	/**
	 * Return how many connections are in a state.
	 */
	int count(String state) {
		return tell("states").path(state).asInt();
	}

	/**
	 * Return when something happened, to any of the connections.
	 * @param event {@code attempted} or {@code opened}
	 * @return milliseconds since the epoch
	 */
	long[] times(String event) {
		return tell(event).valueStream().mapToLong(JsonNode::asLong).sorted().toArray();
	}

	/**
	 * Ask for something.
	 * @param command the name of the command
	 * @return the answer
	 */
	JsonNode tell(String command) {
		return ask(command).get("content");
	}

	static long[] since(long begin, long[] times) {
		return LongStream.of(times).map((time) -> time - begin).toArray();
	}

}
