package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a client, and the connection that came of it: what was received on it,
 * and what can be done on it now. What needs an open socket waits for the end of the
 * opening handshake.
 */
public final class ServerConnection extends ServerActions<ServerConnection> {

	private final int number;

	private final HandshakeRequest request;

	private final Wire wire;

	private final AttemptScript script;

	private final Changes changes;

	private final Manners manners = new Manners();

	private final Recording recording = new Recording();

	private final Performance performance = new Performance(this);

	private volatile boolean opened;

	private volatile @Nullable Throwable failure;

	ServerConnection(int number, HandshakeRequest request, Channel channel, AttemptScript script, Changes changes) {
		this.number = number;
		this.request = request;
		this.wire = new Wire(channel, this::failed);
		this.script = script;
		this.changes = changes;
	}

	/**
	 * Return which attempt it was.
	 * @return its number, from 1
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Return what the client asked for.
	 * @return the request
	 */
	public HandshakeRequest request() {
		return this.request;
	}

	/**
	 * Return the frames that were received so far: the last 10,000, and of them the last
	 * 16 MiB.
	 * @return a copy, in order
	 */
	public List<ReceivedFrame> frames() {
		return this.recording.frames();
	}

	/**
	 * Return how many frames are not kept any more.
	 * @return the number
	 */
	public long forgottenFrames() {
		return this.recording.forgotten();
	}

	/**
	 * Return the texts that were received so far, of fragmented messages those that are
	 * complete.
	 * @return a copy, in order
	 */
	public List<String> texts() {
		return Texts.of(frames());
	}

	/**
	 * Return the code of the client's close frame.
	 * @return the code, 1005 if the frame had none; empty if there was no close frame
	 */
	public Optional<Integer> closeCode() {
		return frames().stream()
			.filter((frame) -> frame.opcode() == Opcode.CLOSE)
			.map(ReceivedFrame::closeCode)
			.findFirst();
	}

	/**
	 * Return whether the upgrade was answered with 101.
	 * @return {@code true} also after the end
	 */
	public boolean wasOpened() {
		return this.opened;
	}

	/**
	 * Return whether TCP has ended on our side.
	 * @return {@code true} once the socket is gone
	 */
	public boolean hasEnded() {
		return !this.wire.channel().isOpen();
	}

	/**
	 * Return what went wrong: a frame that breaks the protocol, or a script that threw.
	 * @return the last failure
	 */
	public Optional<Throwable> failure() {
		return Optional.ofNullable(this.failure);
	}

	/**
	 * Wait for a text.
	 * @param text the text
	 * @param timeout how long to wait
	 * @return this
	 * @throws AssertionError if it does not come in time
	 */
	public ServerConnection awaitText(String text, Duration timeout) {
		return awaitThat(() -> texts().contains(text), timeout, "text \"" + text + "\"");
	}

	/**
	 * Wait for a frame.
	 * @param wanted tells whether a frame is the one
	 * @param timeout how long to wait
	 * @return the first such frame
	 * @throws AssertionError if it does not come in time
	 */
	public ReceivedFrame awaitFrame(Predicate<ReceivedFrame> wanted, Duration timeout) {
		return this.changes.<ReceivedFrame>await(() -> frames().stream().filter(wanted).findFirst().orElse(null),
				timeout, () -> "no such frame on " + this);
	}

	/**
	 * Wait for the client's close frame.
	 * @param timeout how long to wait
	 * @return its code, 1005 if it has none
	 * @throws AssertionError if it does not come in time
	 */
	public int awaitClose(Duration timeout) {
		return awaitFrame((frame) -> frame.opcode() == Opcode.CLOSE, timeout).closeCode();
	}

	/**
	 * Wait until the upgrade has been answered with 101.
	 * @param timeout how long to wait
	 * @return this
	 * @throws AssertionError if it is not in time
	 */
	public ServerConnection awaitOpened(Duration timeout) {
		return awaitThat(this::wasOpened, timeout, "opening");
	}

	/**
	 * Wait until TCP has ended on our side.
	 * @param timeout how long to wait
	 * @return this
	 * @throws AssertionError if it does not end in time
	 */
	public ServerConnection awaitEnd(Duration timeout) {
		return awaitThat(this::hasEnded, timeout, "end");
	}

	private ServerConnection awaitThat(BooleanSupplier condition, Duration timeout, String what) {
		return this.changes.<ServerConnection>await(() -> condition.getAsBoolean() ? this : null, timeout,
				() -> "no " + what + " on " + this);
	}

	@Override
	ServerConnection perform(Step step) {
		if (!hasEnded()) {
			this.wire.channel().eventLoop().execute(() -> this.performance.take(step));
		}
		return this;
	}

	/**
	 * Answer the handshake, as the script says.
	 */
	void begin() {
		this.script.answer().answer(this);
	}

	/**
	 * The answer with 101 has been written.
	 */
	void opened() {
		FrameHandler.install(this);
		this.opened = true;
		this.changes.signal();
		this.performance.begin(this.script.steps());
	}

	void received(ReceivedFrame frame) {
		this.recording.add(frame);
		this.changes.signal();
	}

	void failed(Throwable failure) {
		this.failure = failure;
		this.changes.signal();
	}

	Wire wire() {
		return this.wire;
	}

	Manners manners() {
		return this.manners;
	}

	@Override
	public String toString() {
		return "attempt " + this.number + " (" + this.request + (this.opened ? ", opened" : "")
				+ (hasEnded() ? ", ended" : "") + ((this.failure != null) ? ", " + this.failure : "") + ") " + frames();
	}

}
