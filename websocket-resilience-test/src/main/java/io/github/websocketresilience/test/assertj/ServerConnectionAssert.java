package io.github.websocketresilience.test.assertj;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.github.websocketresilience.test.Opcode;
import io.github.websocketresilience.test.ServerConnection;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about one attempt and the connection that came of it. Each waits for what it
 * demands.
 */
public final class ServerConnectionAssert extends AbstractAssert<ServerConnectionAssert, ServerConnection> {

	private final Duration timeout;

	ServerConnectionAssert(ServerConnection actual, Duration timeout) {
		super(actual, ServerConnectionAssert.class);
		this.timeout = timeout;
	}

	/**
	 * Demand that the upgrade was answered with 101.
	 * @return this
	 */
	public ServerConnectionAssert wasOpened() {
		return demand(() -> this.actual.awaitOpened(this.timeout));
	}

	/**
	 * Demand a header of the client's request.
	 * @param name its name, whatever the case
	 * @param value its first value
	 * @return this
	 */
	public ServerConnectionAssert requestedWithHeader(String name, String value) {
		String header = this.actual.request().header(name);
		if (!Objects.equals(header, value)) {
			throw failure("Expected header %s to be \"%s\", but it was \"%s\"", name, value, header);
		}
		return this;
	}

	/**
	 * Demand what was asked for.
	 * @param target path and query, as sent
	 * @return this
	 */
	public ServerConnectionAssert requested(String target) {
		if (!this.actual.request().target().equals(target)) {
			throw failure("Expected \"%s\" to be requested, but it was \"%s\"", target, this.actual.request().target());
		}
		return this;
	}

	/**
	 * Demand that a text was received.
	 * @param text the text
	 * @return this
	 */
	public ServerConnectionAssert receivedText(String text) {
		return demand(() -> this.actual.awaitText(text, this.timeout));
	}

	/**
	 * Demand that these texts were received, in this order, and no others so far.
	 * @param texts the texts
	 * @return this
	 */
	public ServerConnectionAssert receivedTexts(String... texts) {
		for (String text : texts) {
			receivedText(text);
		}
		if (texts.length > 0) {
			demand(() -> this.actual.awaitFrame((frame) -> this.actual.texts().size() >= texts.length, this.timeout));
		}
		if (!this.actual.texts().equals(List.of(texts))) {
			throw failure("Expected the texts %s, but there were %s", List.of(texts), this.actual.texts());
		}
		return this;
	}

	/**
	 * Demand that a ping was received.
	 * @return this
	 */
	public ServerConnectionAssert receivedPing() {
		return demand(() -> this.actual.awaitFrame((frame) -> frame.opcode() == Opcode.PING, this.timeout));
	}

	/**
	 * Demand that the client sent a close frame.
	 * @param code its code, 1005 for none
	 * @return this
	 */
	public ServerConnectionAssert closedWith(int code) {
		demand(() -> this.actual.awaitClose(this.timeout));
		if (!this.actual.closeCode().equals(Optional.of(code))) {
			throw failure("Expected close code %s, but it was %s", code, this.actual.closeCode().orElseThrow());
		}
		return this;
	}

	/**
	 * Demand that TCP has ended.
	 * @return this
	 */
	public ServerConnectionAssert hasEnded() {
		return demand(() -> this.actual.awaitEnd(this.timeout));
	}

	private ServerConnectionAssert demand(Runnable wait) {
		try {
			wait.run();
			return this;
		}
		catch (AssertionError ex) {
			throw failure("%s", ex.getMessage());
		}
	}

}
