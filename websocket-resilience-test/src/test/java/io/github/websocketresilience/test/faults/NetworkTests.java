package io.github.websocketresilience.test.faults;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of a test's tool: it must leave nothing on the machine.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NetworkTests {

	@Test
	void leavesNothingBehindAndRemovesWhatAProcessLeftThatIsGone() throws Exception {
		Process gone = new ProcessBuilder("true").start();
		assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
		String leftover = "wsr-%d-1-client".formatted(gone.pid());
		String ours;
		try (Network network = Network.create()) {
			String client = network.onClient().get(network.onClient().size() - 1);
			assertThat(client).matches("wsr-%d-\\d+-client".formatted(ProcessHandle.current().pid()));
			ours = client.substring(0, client.length() - "client".length());
			assertThat(Network.namespaces()).contains(client, ours + "router", ours + "server");
			Network.run(List.of("ip", "netns", "add", leftover));
		}
		assertThat(Network.namespaces()).noneMatch((name) -> name.startsWith(ours));
		Network.create().close();
		assertThat(Network.namespaces()).doesNotContain(leftover);
	}

}
