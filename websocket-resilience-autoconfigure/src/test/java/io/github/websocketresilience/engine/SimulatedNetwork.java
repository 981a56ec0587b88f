package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionSettings;

/**
 * A network with servers in memory. Every attempt follows a {@link Script}; everything
 * that happens is a step that runs when told to. The ledger keeps every attempt and its
 * socket. What the engine does against the contract of {@link Transport} is noted as a
 * violation, not thrown: the engine might contain it.
 */
final class SimulatedNetwork implements Transport {

	private static final int TOO_MANY = 100_000;

	private final SimulatedTime time;

	private final List<SimulatedAttempt> attempts = new ArrayList<>();

	private final List<SimulatedThread> threads = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private final List<Written> taken = new ArrayList<>();

	private final List<Written> flushed = new ArrayList<>();

	private final Deque<Script> scripts = new ArrayDeque<>();

	private Supplier<Script> otherwise = Script::new;

	private Requesters requesters = Requesters.NONE;

	private int writers;

	SimulatedNetwork(SimulatedTime time) {
		this.time = time;
	}

	/**
	 * Set what the next attempts meet, in order.
	 */
	void script(Script... scripts) {
		this.scripts.addAll(List.of(scripts));
	}

	/**
	 * Set what attempts meet that have no script of their own; a healthy server by
	 * default.
	 */
	void otherwise(Supplier<Script> otherwise) {
		this.otherwise = otherwise;
	}

	/**
	 * Set who knows of requests.
	 */
	void requesters(Requesters requesters) {
		this.requesters = requesters;
	}

	Requesters requesters() {
		return this.requesters;
	}

	@Override
	public Connecting connect(ConnectionSettings settings, Attempt attempt) {
		Script script = this.scripts.isEmpty() ? this.otherwise.get() : this.scripts.remove();
		SimulatedAttempt result = new SimulatedAttempt(this, this.attempts.size() + 1, script, settings.onOpen(),
				attempt);
		this.attempts.add(result);
		result.begin(settings.handshake().connectTimeout().toNanos());
		return result;
	}

	/**
	 * Return every attempt so far.
	 */
	List<SimulatedAttempt> attempts() {
		return this.attempts;
	}

	/**
	 * Return the newest attempt.
	 */
	SimulatedAttempt attempt() {
		return this.attempts.get(this.attempts.size() - 1);
	}

	/**
	 * Return the socket of the newest attempt.
	 */
	SimulatedSocket socket() {
		return attempt().socket();
	}

	/**
	 * Return what the engine did against the contract.
	 */
	List<String> violations() {
		return this.violations;
	}

	void violated(String what) {
		this.violations.add(what);
	}

	/**
	 * Return what writers have taken, over all sockets and in order.
	 */
	List<Written> taken() {
		return this.taken;
	}

	/**
	 * Return what was handed to sockets, over all sockets and in order.
	 */
	List<Written> flushed() {
		return this.flushed;
	}

	/**
	 * A writer begins, of whatever socket.
	 * @return its number, from 1 on
	 */
	int newWriter() {
		return ++this.writers;
	}

	/**
	 * Return how many writers there were.
	 */
	int writers() {
		return this.writers;
	}

	SimulatedTime time() {
		return this.time;
	}

	void activate(SimulatedThread thread) {
		if (!this.threads.contains(thread)) {
			this.threads.add(thread);
		}
	}

	/**
	 * Return on how many threads something may happen now.
	 */
	int ready() {
		this.threads.removeIf(SimulatedThread::isEmpty);
		int result = 0;
		for (SimulatedThread thread : this.threads) {
			if (thread.isReady()) {
				result++;
			}
		}
		return result;
	}

	/**
	 * Return one of the threads on which something may happen now.
	 * @param index which one
	 */
	SimulatedThread ready(int index) {
		int left = index;
		for (SimulatedThread thread : this.threads) {
			if (thread.isReady() && left-- == 0) {
				return thread;
			}
		}
		throw new IllegalArgumentException("not ready: " + index);
	}

	/**
	 * Return when the next thing happens that has not happened yet.
	 */
	long nextAt() {
		return nextAt(false);
	}

	/**
	 * Return beyond which time must not run before the network has done something.
	 */
	long punctualAt() {
		return nextAt(true);
	}

	private long nextAt(boolean punctual) {
		long result = SimulatedTime.NEVER;
		for (SimulatedThread thread : this.threads) {
			if (thread.isPunctual() || !punctual) {
				result = Math.min(result, thread.nextAt());
			}
		}
		return result;
	}

	/**
	 * Let everything happen that may happen now, also what follows from it.
	 */
	void runReady() {
		for (int i = 0; ready() > 0; i++) {
			if (i >= TOO_MANY) {
				throw new IllegalStateException("the network is busy for ever");
			}
			ready(0).run();
		}
	}

	/**
	 * Return whether a writer is running, of whatever socket.
	 */
	boolean isWriting() {
		return this.attempts.stream().anyMatch((attempt) -> attempt.socket().writer().isRunning());
	}

	/**
	 * From now on what is there does not break any more: attempts get their threads,
	 * servers do not end what is open. What is broken stays so until somebody notices.
	 */
	void heal() {
		this.scripts.clear();
		for (SimulatedAttempt attempt : this.attempts) {
			attempt.heal();
		}
	}

	/**
	 * A frame that a writer had in its hands.
	 *
	 * @param socket the number of its socket
	 * @param writer the number of the writer
	 * @param at when
	 * @param frame the frame
	 */
	record Written(int socket, int writer, long at, Transport.Frame frame) {
	}

	/**
	 * Who knows of requests what servers do not.
	 */
	interface Requesters {

		Requesters NONE = new Requesters() {

			@Override
			public void replied(int socket, String id, String reply) {
			}

			@Override
			public String anyId() {
				return "none";
			}

		};

		/**
		 * A reply is about to be read.
		 * @param socket the number of its socket
		 * @param id whose reply it is
		 * @param reply the text
		 */
		void replied(int socket, String id, String reply);

		/**
		 * Return the id of some request, whoever was asked.
		 */
		String anyId();

	}

}
