package io.github.websocketresilience.test.autoconfigure;

import io.github.websocketresilience.test.ScriptedWebSocketServer;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the server of the application context after each test.
 */
final class ScriptedServerTestExecutionListener implements TestExecutionListener {

	@Override
	public void afterTestMethod(TestContext test) {
		if (!test.hasApplicationContext()) {
			return;
		}
		ApplicationContext context = test.getApplicationContext();
		if (context.containsBean(ScriptedServerContextCustomizer.SERVER)) {
			context.getBean(ScriptedServerContextCustomizer.SERVER, ScriptedWebSocketServer.class).reset();
		}
	}

}
