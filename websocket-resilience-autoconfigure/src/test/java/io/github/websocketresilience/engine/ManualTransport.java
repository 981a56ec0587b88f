package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * A transport in which nothing happens until the test says so, and which notes every call
 * of the engine. For tests that give one input and look at what follows from it.
 */
final class ManualTransport implements Transport {

	private final Workers workers;

	private final List<ManualAttempt> attempts = new ArrayList<>();

	private final List<String> calls = new ArrayList<>();

	private boolean holding;

	private @Nullable String broken;

	ManualTransport(Workers workers) {
		this.workers = workers;
	}

	@Override
	public Connecting connect(ConnectionSettings settings, Attempt attempt) {
		called("connect");
		ManualAttempt result = new ManualAttempt(this, this.attempts.size() + 1, attempt);
		this.attempts.add(result);
		return result;
	}

	/**
	 * From now on what is written waits until the test writes it.
	 */
	void hold() {
		this.holding = true;
	}

	boolean isHolding() {
		return this.holding;
	}

	void called(String what) {
		this.calls.add(what);
		if (this.broken != null && what.endsWith(this.broken)) {
			throw new IllegalStateException("broken");
		}
	}

	/**
	 * From now on a call throws, which the port forbids.
	 * @param call the end of its note, or {@code null} for none
	 */
	void breakAt(@Nullable String call) {
		this.broken = call;
	}

	/**
	 * Return what the engine called so far, with the number of the attempt.
	 */
	List<String> calls() {
		return this.calls;
	}

	List<ManualAttempt> attempts() {
		return this.attempts;
	}

	/**
	 * Return the newest attempt.
	 */
	ManualAttempt attempt() {
		return this.attempts.get(this.attempts.size() - 1);
	}

	Workers workers() {
		return this.workers;
	}

}
