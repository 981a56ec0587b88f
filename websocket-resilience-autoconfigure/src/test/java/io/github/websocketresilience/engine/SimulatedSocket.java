package io.github.websocketresilience.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Script.End;
import org.jspecify.annotations.Nullable;

/**
 * A socket, its reader and the server behind it. The server sends messages
 * {@code s<socket>-<seq>}, odd ones as binary. What the engine does not read stays, in
 * order, in a buffer of TCP.
 */
final class SimulatedSocket implements Transport.Socket {

	private final SimulatedNetwork network;

	private final int number;

	private final Script script;

	private final Transport.Attempt engine;

	private final SimulatedThread reader;

	private final SimulatedThread io;

	private final SimulatedWriter writer;

	private final Vitals vitals;

	private final List<Transport.Frame> received = new ArrayList<>();

	private final List<Integer> closeCodes = new ArrayList<>();

	private State state = State.NEVER_OPEN;

	private boolean reading;

	private boolean silent;

	private boolean closing;

	private boolean resuming;

	private boolean dropped;

	private long openedAt = -1;

	private long endedAt = SimulatedTime.NEVER;

	private int sent;

	private int requests;

	SimulatedSocket(SimulatedNetwork network, int number, Script script, Transport.Attempt engine) {
		this.network = network;
		this.number = number;
		this.script = script;
		this.engine = engine;
		this.reader = new SimulatedThread("reader " + number, false, network);
		this.io = new SimulatedThread("socket " + number, false, network);
		this.vitals = new Vitals(network.time());
		this.writer = new SimulatedWriter(network, this, number);
	}

	/**
	 * The server has accepted: from now on it sends.
	 */
	void accept() {
		this.script.greeting.forEach(this::text);
		for (int i = 0; i < this.script.messages.size(); i++) {
			boolean binary = i % 2 == 1;
			this.reader.post("reads a message", this.script.messages.get(i), () -> offerMessage(binary));
		}
		for (long at : this.script.noises) {
			this.reader.post("reads noise", at, () -> offer(() -> this.engine.text("hello")));
		}
		for (long at : this.script.strays) {
			this.reader.post("reads a stray reply", at, () -> reply(this.network.requesters().anyId()));
		}
		for (int i = 0; i < this.script.pings.size(); i++) {
			String ping = "srvping " + i;
			this.reader.post("reads a ping", this.script.pings.get(i), () -> offer(() -> this.engine.text(ping)));
		}
		this.reader.post("meets its end: " + this.script.end, this.script.endAt, this::end);
	}

	/**
	 * Tell the engine that it is open.
	 */
	void open() {
		if (this.state == State.CLOSED) {
			return;
		}
		this.state = State.OPEN;
		this.openedAt = this.network.time().elapsed();
		this.vitals.opened();
		this.engine.opened(this, "");
	}

	/**
	 * Let the server send a message now.
	 * @param text the payload
	 */
	void text(String text) {
		this.reader.post("reads a text", 0, () -> offer(() -> this.engine.text(text)));
	}

	/**
	 * Let the server send the next of its own messages now.
	 */
	void message() {
		this.reader.post("reads a message", 0, () -> offerMessage(false));
	}

	/**
	 * Let the server send a close frame now.
	 */
	void peerCloses(int code, String reason) {
		this.reader.post("reads close frame " + code, 0, () -> closed(code, reason));
	}

	/**
	 * Let the server read nothing more, and send nothing either.
	 */
	void stopReading() {
		this.silent = true;
	}

	/**
	 * Let TCP break now.
	 */
	void breaks() {
		this.reader.post("breaks", 0, this::broken);
	}

	private void offerMessage(boolean binary) {
		if (!this.silent) {
			String text = newText();
			this.vitals.message();
			offer(binary ? () -> binary(text) : () -> this.engine.text(text));
		}
	}

	private void reply(String id) {
		if (!this.silent) {
			String text = "{\"" + this.script.replyId + "\":" + id + ",\"m\":\"" + newText() + "\"}";
			this.vitals.message();
			this.network.requesters().replied(this.number, id, text);
			offer(() -> this.engine.text(text));
		}
	}

	private String newText() {
		return "s" + this.number + "-" + this.sent++;
	}

	private void binary(String text) {
		this.engine.piece();
		this.engine.binary(text.getBytes(StandardCharsets.UTF_8));
	}

	private void offer(Runnable call) {
		if (this.silent) {
			return;
		}
		if (!isEnded()) {
			this.vitals.lived();
		}
		this.reading = true;
		call.run();
		this.reading = false;
	}

	private void end() {
		switch (this.script.end) {
			case NONE -> {
			}
			case CLOSE -> closed(this.script.closeCode, "");
			case RESET -> broken();
			case ERROR_THEN_CLOSE -> {
				this.reader.post("tells its end again", 0, () -> this.engine.closed(1006, ""));
				broken();
			}
			case BLACKHOLE -> {
				this.silent = true;
			}
		}
	}

	private void broken() {
		if (leave(State.CLOSED)) {
			this.engine.failed(Disconnect.of(Kind.CONNECTION_LOST, "connection lost"));
		}
	}

	private void closed(int code, String reason) {
		if (!this.silent && leave(State.CLOSED)) {
			this.reader.clear();
			this.engine.closed(code, reason);
		}
	}

	private boolean leave(State next) {
		boolean live = !isEnded();
		if (live) {
			this.state = next;
			this.endedAt = this.network.time().elapsed();
		}
		return live;
	}

	/**
	 * Forget the socket before the engine was told of it.
	 */
	void drop() {
		this.dropped = true;
		this.reader.clear();
	}

	@Override
	public void write(Transport.Outbox outbox) {
		if (this.state == State.NEVER_OPEN || this.closing) {
			this.network.violated("write on socket " + this.number + " before it is open or after its close");
		}
		this.writer.write(outbox);
	}

	/**
	 * The server received a frame.
	 */
	void receive(Transport.Frame frame) {
		if (this.silent) {
			return;
		}
		this.received.add(frame);
		if (frame instanceof Transport.Frame.Ping ping) {
			this.reader.post("reads a pong", this.script.reply, () -> reply(() -> this.engine.pong(ping.payload())));
		}
		else if (frame instanceof Transport.Frame.Text text && Vitals.isHeartbeat(frame)) {
			String reply = text.text().replace("hb?", "hbpong");
			this.reader.post("reads a reply", this.script.reply, () -> reply(() -> this.engine.text(reply)));
		}
		else if (frame instanceof Transport.Frame.Text text && text.text().startsWith("{")) {
			answer(SimulatedRequests.idIn(text.text()));
		}
	}

	private void answer(String id) {
		List<Long> answers = this.script.answers.get(this.requests++ % this.script.answers.size());
		for (long after : answers) {
			this.reader.post("reads an answer to " + id, after, () -> reply(id));
		}
	}

	private void reply(Runnable call) {
		if (!this.silent) {
			this.vitals.replied();
			offer(call);
		}
	}

	@Override
	public void close(int code, String reason) {
		if (this.state == State.NEVER_OPEN || this.closing || this.writer.isRunning()) {
			this.network.violated("close of socket " + this.number + " twice, or while writing");
		}
		this.closing = true;
		if (!this.silent) {
			this.closeCodes.add(code);
			this.reader.post("reads the answer to our close", this.script.closeReply, () -> closed(code, ""));
		}
	}

	@Override
	public void abort(int code) {
		if (this.state == State.NEVER_OPEN) {
			this.network.violated("abort of socket " + this.number + " that was never open");
		}
		if (leave(State.ABORTED)) {
			if (!this.silent) {
				this.closeCodes.add(code);
			}
			this.reader.clear();
			this.reader.hold(false);
			if (this.script.echoes) {
				this.reader.post("reads after the abort", 0, () -> offerMessage(false));
				this.reader.post("breaks after the abort", this.script.linger,
						() -> this.engine.failed(Disconnect.of(Kind.CONNECTION_LOST, "aborted")));
			}
		}
		this.writer.abort(this.script.linger);
	}

	@Override
	public void pauseReading() {
		if (!this.reading || this.reader.isHeld()) {
			this.network.violated("pauseReading on socket " + this.number + " off the reader's thread, or twice");
		}
		this.reader.hold(true);
		this.vitals.paused();
	}

	@Override
	public void resumeReading() {
		if (!this.reader.isHeld() || this.resuming) {
			if (!isEnded()) {
				this.network.violated("resumeReading on socket " + this.number + " without a pause");
			}
			return;
		}
		this.resuming = true;
		this.vitals.resuming();
		this.io.post("resumes reading", 0, () -> {
			this.resuming = false;
			this.reader.hold(false);
			this.vitals.resumed();
		});
	}

	/**
	 * Let the server not end it any more.
	 */
	void heal() {
		if (this.script.end != End.BLACKHOLE || !this.silent) {
			this.script.end = End.NONE;
		}
		this.script.write = Math.min(this.script.write, Script.MS);
		this.script.flush = Math.min(this.script.flush, Script.MS);
	}

	Script script() {
		return this.script;
	}

	int number() {
		return this.number;
	}

	State state() {
		return this.state;
	}

	/**
	 * Return when the engine was told that it is open, -1 if it was not.
	 */
	long openedAt() {
		return this.openedAt;
	}

	/**
	 * Return when it ended, {@link SimulatedTime#NEVER} if it did not.
	 */
	long endedAt() {
		return this.endedAt;
	}

	/**
	 * Return what the server has received.
	 */
	List<Transport.Frame> received() {
		return this.received;
	}

	/**
	 * Return the status codes of the close frames that the server has received.
	 */
	List<Integer> closeCodes() {
		return this.closeCodes;
	}

	Vitals vitals() {
		return this.vitals;
	}

	SimulatedWriter writer() {
		return this.writer;
	}

	boolean isSilent() {
		return this.silent;
	}

	boolean isClosing() {
		return this.closing;
	}

	boolean isEnded() {
		return this.dropped || this.state == State.ABORTED || this.state == State.CLOSED;
	}

	/**
	 * The reader runs a listener that blocks: nothing is read.
	 */
	void readerLeaves() {
		this.vitals.left();
	}

	/**
	 * The listener goes on.
	 */
	void readerReturns() {
		this.vitals.returned();
	}

	boolean isReadBy(@Nullable SimulatedThread thread) {
		return this.reader == thread;
	}

	/**
	 * Return whether nothing is read, because of a pause or of what the reader does.
	 */
	boolean isAway() {
		return this.reader.isHeld() || this.reader.isRunning();
	}

	/**
	 * Return whether nothing is read, because of a pause.
	 */
	boolean isHeld() {
		return this.reader.isHeld();
	}

	/**
	 * Return whether reading is paused and no resume is on its way.
	 */
	boolean isPaused() {
		return this.reader.isHeld() && !this.resuming;
	}

	/**
	 * What the ledger says of a socket.
	 */
	enum State {

		NEVER_OPEN, OPEN, ABORTED, CLOSED

	}

}
