package io.github.websocketresilience.engine;

import java.util.List;
import java.util.stream.Stream;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: waits for a thread, asks for the request, shakes hands, then opens or
 * fails.
 */
final class SimulatedAttempt implements Transport.Connecting {

	private final SimulatedNetwork network;

	private final int number;

	private final Script script;

	private final List<String> onOpen;

	private final Transport.Attempt engine;

	private final SimulatedThread thread;

	private final SimulatedSocket socket;

	private final long begunAt;

	private boolean started;

	private boolean aborted;

	private boolean ended;

	private boolean failed;

	private long startedAt;

	private List<String> firstMessages = List.of();

	SimulatedAttempt(SimulatedNetwork network, int number, Script script, List<String> onOpen,
			Transport.Attempt engine) {
		this.network = network;
		this.number = number;
		this.script = script;
		this.onOpen = onOpen;
		this.engine = engine;
		this.thread = new SimulatedThread("attempt " + number, false, network);
		this.socket = new SimulatedSocket(network, number, script, engine);
		this.begunAt = network.time().elapsed();
	}

	void begin(long connectTimeout) {
		if (this.script.thread > connectTimeout) {
			this.thread.post("waits for a thread", connectTimeout, this.engine::delayed);
		}
		this.thread.post("starts", this.script.thread, this::start);
	}

	private void start() {
		this.started = true;
		this.startedAt = this.network.time().elapsed();
		this.engine.started();
		this.thread.post("prepares", this.script.prepare, this::prepare);
	}

	private void prepare() {
		this.engine.prepare()
			.whenComplete((composed, failure) -> this.thread.post("is prepared", 0, () -> prepared(composed, failure)));
	}

	private void prepared(@Nullable HandshakeRequest composed, @Nullable Throwable failure) {
		if (this.aborted && !this.script.opensLate) {
			return;
		}
		if (failure != null) {
			fail(Disconnect.of(Kind.CUSTOMIZER_FAILED, "a customizer failed").causedBy(failure));
			return;
		}
		if (composed != null) {
			this.firstMessages = Stream.concat(composed.firstMessages().stream(), this.onOpen.stream()).toList();
		}
		Disconnect refusal = this.script.refusal;
		if (refusal != null) {
			this.thread.post("is refused: " + refusal.text(), this.script.handshake, () -> fail(refusal));
		}
		else {
			this.thread.post("is accepted", this.script.handshake, this::accept);
		}
	}

	private void fail(Disconnect failure) {
		this.ended = true;
		this.failed = true;
		this.engine.failed(failure);
	}

	private void accept() {
		this.socket.accept();
		this.thread.post("opens", this.script.opened, this::open);
	}

	private void open() {
		this.ended = true;
		this.socket.open();
	}

	@Override
	public void abort() {
		if (this.ended) {
			return;
		}
		this.aborted = true;
		if (this.script.opensLate) {
			return;
		}
		this.socket.drop();
		this.thread.clear();
		if (this.script.echoes) {
			this.thread.post("fails after its abort", this.script.linger,
					() -> fail(Disconnect.of(Kind.CONNECT_FAILED, "interrupted")));
		}
	}

	void heal() {
		if (!this.started && !this.aborted) {
			this.script.thread = 0;
			this.thread.clear();
			this.thread.post("starts", 0, this::start);
		}
		this.socket.heal();
	}

	/**
	 * Return the place of the attempt in the ledger, from 1 on.
	 */
	int number() {
		return this.number;
	}

	Script script() {
		return this.script;
	}

	/**
	 * Return the engine's side.
	 */
	Transport.Attempt engine() {
		return this.engine;
	}

	SimulatedSocket socket() {
		return this.socket;
	}

	long begunAt() {
		return this.begunAt;
	}

	/**
	 * Return what must be written first: what customizers and settings ask for.
	 */
	List<String> firstMessages() {
		return this.firstMessages;
	}

	boolean isStarted() {
		return this.started;
	}

	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Return whether the engine was told that the attempt failed or its socket ended.
	 */
	boolean isEndTold() {
		return this.failed || this.socket.state() == SimulatedSocket.State.CLOSED || this.socket.writer().hasFailed();
	}

	boolean isAborted() {
		return this.aborted;
	}

	/**
	 * Return whether the engine has to reckon with it: neither aborted nor ended.
	 */
	boolean isUnderWay() {
		return !this.aborted && !this.ended;
	}

}
