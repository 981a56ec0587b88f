package io.github.websocketresilience.test.junit;

import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a server. Registered with {@code @ExtendWith} or as a static field there is
 * one server for the class, which is {@linkplain ScriptedWebSocketServer#reset() reset}
 * after each test; as a field of the instance there is one for each test. Test methods
 * may have it as a parameter. Not for tests of one class that run at the same time.
 */
public final class ScriptedWebSocketServerExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

	private final ScriptedWebSocketServer server;

	/** The test classes that are running: with nested ones, several. */
	private int classes;

	/**
	 * Create an extension with a plain server.
	 */
	public ScriptedWebSocketServerExtension() {
		this(new ScriptedWebSocketServer());
	}

	/**
	 * Create an extension.
	 * @param server the server, which is started and closed here
	 */
	public ScriptedWebSocketServerExtension(ScriptedWebSocketServer server) {
		this.server = server;
	}

	/**
	 * Return the server.
	 * @return the server, listening while a test runs
	 */
	public ScriptedWebSocketServer server() {
		return this.server;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.classes++;
		this.server.start();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.server.start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.classes > 0) {
			this.server.reset();
		}
		else {
			this.server.close();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.classes--;
		if (this.classes == 0) {
			this.server.close();
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == ScriptedWebSocketServer.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return this.server;
	}

}
