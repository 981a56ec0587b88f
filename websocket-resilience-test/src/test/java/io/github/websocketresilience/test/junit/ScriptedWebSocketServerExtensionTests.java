package io.github.websocketresilience.test.junit;

import io.github.websocketresilience.test.JdkClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One server for a class or for a test, and every test begins with attempt 1.
 */
class ScriptedWebSocketServerExtensionTests {

	private static int port;

	@RegisterExtension
	static final ScriptedWebSocketServerExtension shared = new ScriptedWebSocketServerExtension();

	@RegisterExtension
	final ScriptedWebSocketServerExtension own = new ScriptedWebSocketServerExtension();

	@AfterAll
	static void sharedServerStillListens() {
		JdkClient.open(shared.server()).abort();
	}

	@RepeatedTest(3)
	void everyTestBeginsAnew() {
		JdkClient.open(shared.server()).abort();
		JdkClient.open(this.own.server()).abort();
		assertThat(shared.server().attempts()).isEqualTo(1);
		assertThat(this.own.server().attempts()).isEqualTo(1);
		assertThat(port).isIn(0, shared.server().port());
		port = shared.server().port();
		shared.server().attempt(1).refuse(503);
		shared.server().stop();
	}

	@Nested
	class Inner {

		@Test
		void sharesTheServerOfItsOuterClass() {
			JdkClient.open(shared.server()).abort();
			assertThat(shared.server().attempts()).isEqualTo(1);
		}

	}

}
