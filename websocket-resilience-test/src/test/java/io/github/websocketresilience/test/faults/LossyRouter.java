package io.github.websocketresilience.test.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import tools.jackson.databind.JsonNode;

/**
 * The program {@code lossy.py} on a network's router: all packets pass through it, and
 * some do not pass.
 */
final class LossyRouter extends ChildProcess {

	private static final String DEVICE = "lossy";

	private LossyRouter(List<String> command) {
		super(new ProcessBuilder(command));
	}

	/**
	 * Put it in the way of a network's packets, or give up the test where that is not
	 * possible.
	 * @param network the network
	 * @param seed decides which packets are lost
	 * @return the router, which loses nothing yet
	 */
	static LossyRouter on(Network network, long seed) {
		requirePython();
		List<String> command = new ArrayList<>(network.onRouter());
		command.addAll(List.of("python3", Path.of("src/test/python/lossy.py").toString(), DEVICE, Long.toString(seed)));
		LossyRouter router = new LossyRouter(command);
		try {
			router.awaitLines("ready", 1);
			network.detour(DEVICE);
			return router;
		}
		catch (RuntimeException ex) {
			router.kill();
			throw ex;
		}
	}

	/**
	 * Lose packets from now on.
	 * @param percent their share, of both directions
	 */
	void lose(int percent) {
		command("lose " + percent);
	}

	/**
	 * Return what was lost since the share was last set.
	 * @return for people
	 */
	String count() {
		JsonNode count = ask("count");
		return "%d of %d packets".formatted(count.get("lost").asInt(), count.get("came").asInt());
	}

	private static void requirePython() {
		try {
			Network.run(List.of("python3", "-c", "open('/dev/net/tun').close()"));
		}
		catch (IllegalStateException ex) {
			throw Requirement.missing("no packets were lost at random; that needs 'python3' and /dev/net/tun", ex);
		}
	}

}
