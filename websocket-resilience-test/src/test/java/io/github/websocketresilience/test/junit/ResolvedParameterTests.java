package io.github.websocketresilience.test.junit;

import io.github.websocketresilience.test.JdkClient;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.assertj.ScriptedWebSocketServerAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The server as a parameter.
 */
@ExtendWith(ScriptedWebSocketServerExtension.class)
class ResolvedParameterTests {

	@Test
	void serverIsAParameter(ScriptedWebSocketServer server) {
		JdkClient.open(server).sendText("hello", true).join();
		ScriptedWebSocketServerAssert.assertThat(server).hasAttempts(1).attempt(1).receivedText("hello");
	}

}
