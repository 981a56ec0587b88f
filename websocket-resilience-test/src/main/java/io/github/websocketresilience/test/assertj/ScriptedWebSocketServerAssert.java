package io.github.websocketresilience.test.assertj;

import java.time.Duration;

import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a server. What is demanded may still be on its way: each waits for it
 * up to 10 seconds, or as long as {@link #within(Duration)} says.
 */
public final class ScriptedWebSocketServerAssert
		extends AbstractAssert<ScriptedWebSocketServerAssert, ScriptedWebSocketServer> {

	private Duration timeout = Duration.ofSeconds(10);

	private ScriptedWebSocketServerAssert(ScriptedWebSocketServer actual) {
		super(actual, ScriptedWebSocketServerAssert.class);
	}

	/**
	 * Begin.
	 * @param actual the server
	 * @return assertions about it
	 */
	public static ScriptedWebSocketServerAssert assertThat(ScriptedWebSocketServer actual) {
		return new ScriptedWebSocketServerAssert(actual);
	}

	/**
	 * Set how long each of the assertions that follow waits.
	 * @param timeout how long, zero for not at all
	 * @return this
	 */
	public ScriptedWebSocketServerAssert within(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	/**
	 * Demand that an attempt came.
	 * @param number which one, from 1
	 * @return assertions about it
	 */
	public ServerConnectionAssert attempt(int number) {
		return new ServerConnectionAssert(await(number), this.timeout).as(this.info.description());
	}

	/**
	 * Demand that so many attempts came, and no more so far.
	 * @param count how many
	 * @return this
	 */
	public ScriptedWebSocketServerAssert hasAttempts(int count) {
		if (count > 0) {
			await(count);
		}
		int attempts = this.actual.attempts();
		if (attempts != count) {
			throw failure("Expected %s attempts, but there were %s: %s", count, attempts, this.actual.connections());
		}
		return this;
	}

	private ServerConnection await(int number) {
		try {
			return this.actual.awaitAttempt(number, this.timeout);
		}
		catch (AssertionError ex) {
			throw failure("%s", ex.getMessage());
		}
	}

}
