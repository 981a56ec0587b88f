package io.github.websocketresilience.test.faults.protocol;

import java.util.function.Consumer;

import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.ServerActions;

/**
 * Something that a server does, what a client must do about it, and what ours does.
 *
 * @param name what the server does, for the page
 * @param section where the rule is: a section of RFC 6455, or of another that is named
 * @param script does it; what follows on the socket is the business of the test
 * @param demanded what must come of it
 * @param seen what comes of it
 * @param container what the container does wrong, empty if nothing
 * @param ours what we do about that, or what protects
 */
record ProtocolCase(String name, String section, Consumer<AttemptScript> script, Outcome demanded, Outcome seen,
		String container, String ours) {

	ProtocolCase {
		if (!demanded.equals(seen) && container.isEmpty()) {
			throw new IllegalArgumentException("What deviates needs an explanation: " + name);
		}
		if (container.isEmpty() != ours.isEmpty()) {
			throw new IllegalArgumentException("What the container does, and what we do: " + name);
		}
	}

	/**
	 * A case that goes as it must.
	 */
	static ProtocolCase of(String name, String section, Consumer<AttemptScript> script, Outcome outcome) {
		return new ProtocolCase(name, section, script, outcome, outcome, "", "");
	}

	/**
	 * A case of bytes after the opening handshake, that goes as it must.
	 */
	static ProtocolCase of(String name, String section, byte[] bytes, Outcome outcome) {
		return of(name, section, sends(bytes), outcome);
	}

	static Consumer<AttemptScript> sends(byte[] bytes) {
		return (script) -> script.sendRaw(bytes);
	}

	/**
	 * All bytes one by one.
	 */
	static Consumer<AttemptScript> sendsByteByByte(byte[] bytes) {
		return (script) -> {
			for (byte next : bytes) {
				script.sendRaw(new byte[] { next }).then(ServerActions::answerPings);
			}
		};
	}

	/**
	 * The same case, right in the end though the container alone would not have it right.
	 */
	ProtocolCase mended(String container, String ours) {
		return new ProtocolCase(this.name, this.section, this.script, this.demanded, this.seen, container, ours);
	}

	/**
	 * The same case, with another outcome.
	 */
	ProtocolCase but(Outcome seen, String container, String ours) {
		return new ProtocolCase(this.name, this.section, this.script, this.demanded, seen, container, ours);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
