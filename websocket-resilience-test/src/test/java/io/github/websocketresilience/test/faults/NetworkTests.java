package io.github.websocketresilience.test.faults;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of a test's tool: it must leave nothing on the machine.
 */
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NetworkTests {

	@Test
	void leavesNothingBehindAndRemovesWhatAProcessLeftThatIsGone() throws Exception {
		Process gone = new ProcessBuilder("true").start();
		assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
		String leftover = "wsr-%d-client".formatted(gone.pid());
		String ours = "wsr-%d-".formatted(ProcessHandle.current().pid());
		try (Network network = Network.create()) {
			assertThat(network.onClient()).contains(ours + "client");
			assertThat(Network.namespaces()).contains(ours + "client", ours + "router", ours + "server");
			Network.run(List.of("ip", "netns", "add", leftover));
		}
		assertThat(Network.namespaces()).contains(leftover).noneMatch((name) -> name.startsWith(ours));
		Network.create().close();
		assertThat(Network.namespaces()).doesNotContain(leftover);
	}

}
