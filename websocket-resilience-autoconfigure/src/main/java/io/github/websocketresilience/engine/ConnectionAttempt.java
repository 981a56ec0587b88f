package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.websocketresilience.BoundedMatch;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * One attempt and, if it opens, its socket: compared by identity and never used twice.
 * Takes what the transport tells, from any of its threads; what can change the phase goes
 * to the serial executor, messages go their own way.
 */
final class ConnectionAttempt implements Transport.Attempt {

	private final ManagedConnection connection;

	private final long number;

	private final long startedAt;

	private final int turn;

	private final Segment segment;

	private final Pulse pulse;

	private final AutoReplies autoReplies;

	private final Lane lane = new Lane();

	private volatile boolean disowned;

	private volatile boolean writeEndWanted;

	private volatile @Nullable HandshakeRequest request;

	private long heartbeatsAnswered;

	ConnectionAttempt(ManagedConnection connection, long number) {
		ConnectionSettings settings = connection.settings();
		this.connection = connection;
		this.number = number;
		this.startedAt = connection.time().nanoTime();
		this.turn = connection.addresses().turn();
		this.segment = connection.log().newSegment();
		this.autoReplies = new AutoReplies(settings.autoReplies());
		this.pulse = new Pulse(connection.time(), settings.heartbeat().proof(), connection.replies(),
				() -> submit((phase) -> phase.firstProof(this)));
	}

	long number() {
		return this.number;
	}

	/**
	 * Return the address that it is to try, as it may be shown.
	 */
	String url() {
		return ConnectionSettings.withoutSecrets(this.connection.addresses().known(this.turn));
	}

	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Return whether a customizer took part.
	 */
	boolean isCustomized() {
		HandshakeRequest prepared = this.request;
		return prepared != null && prepared.isCustomized();
	}

	Segment segment() {
		return this.segment;
	}

	Pulse pulse() {
		return this.pulse;
	}

	Lane lane() {
		return this.lane;
	}

	long heartbeatsAnswered() {
		return this.heartbeatsAnswered;
	}

	/**
	 * The socket is given up: its writer takes nothing more.
	 */
	void disown() {
		this.disowned = true;
	}

	boolean isDisowned() {
		return this.disowned;
	}

	@Override
	public void started() {
		submit((phase) -> phase.attemptStarted(this));
	}

	@Override
	public void delayed() {
		submit((phase) -> phase.attemptDelayed(this));
	}

	@Override
	public CompletionStage<HandshakeRequest> prepare() {
		return request().whenComplete(this::prepared);
	}

	private CompletionStage<HandshakeRequest> request() {
		try {
			HandshakeRequest request = new HandshakeRequest(this.connection.settings(),
					this.connection.addresses().current(this.turn), this.number, this.connection.lastDisconnect());
			return new HandshakeChain(this.connection.hooks().customizers(), request, this.connection.workers(),
					this::isDisowned)
				.run();
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void prepared(@Nullable HandshakeRequest request, @Nullable Throwable failure) {
		if (request != null) {
			this.request = request;
			this.lane.first(firstMessages(request));
			String url = ConnectionSettings.withoutSecrets(request.uri());
			submit((phase) -> phase.prepared(this, url));
		}
		else if (failure != null) {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			failed(Disconnect
				.of(Kind.CUSTOMIZER_FAILED, "handshake customizer failed with " + cause.getClass().getName())
				.causedBy(cause));
		}
	}

	private List<String> firstMessages(HandshakeRequest request) {
		List<String> first = new ArrayList<>(request.firstMessages());
		first.addAll(this.connection.settings().onOpen());
		return first;
	}

	@Override
	public void opened(Transport.Socket socket, String subprotocol) {
		this.segment.attach(socket, () -> submit((phase) -> phase.readerBack(this)));
		submit((phase) -> phase.opened(this, socket, subprotocol));
	}

	@Override
	public void failed(Disconnect failure) {
		submit((phase) -> phase.ended(this, failure));
	}

	@Override
	public void closed(int code, String reason) {
		HandshakeRequest told = this.request;
		String shown = (told != null && !reason.isEmpty()) ? new Echo(told, firstMessages(told)).withoutSecrets(reason)
				: reason;
		failed(Disconnect.peerClosed(code, shown));
	}

	@Override
	public void text(String text) {
		this.pulse.seen();
		boolean automatic;
		try {
			automatic = isAutomatic(text);
		}
		catch (Throwable ex) {
			// A pattern may overflow the stack or look too often: only this socket pays.
			automatic = true;
			failed(Disconnect.of(Kind.PATTERN_FAILED, "a text could not be examined: " + ex.getClass().getName())
				.causedBy(ex));
		}
		if (!automatic) {
			message(new Message.Text(text));
		}
	}

	private boolean isAutomatic(String text) {
		Beat answered = this.pulse.answeredBy(text);
		if (answered != null) {
			answered(answered);
			return true;
		}
		AutoReplies.Answer answer = this.autoReplies.answer(text);
		if (answer != null) {
			submit((phase) -> phase.control(this, answer.rule(), new Transport.Frame.Text(answer.text()), null));
			return true;
		}
		return isIgnored(text);
	}

	private boolean isIgnored(String text) {
		for (Pattern pattern : this.connection.settings().ignore()) {
			if (BoundedMatch.of(pattern, text) != null) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void binary(byte[] bytes) {
		this.pulse.seen();
		message(new Message.Binary(bytes));
	}

	private void message(Message message) {
		this.connection.counters().received(message.sizeInBytes(), this.pulse.messageSeen());
		if (!this.connection.requests().isReply(this, message)) {
			this.segment.offer(message);
		}
	}

	@Override
	public void pong(byte[] payload) {
		this.pulse.seen();
		Beat answered = this.pulse.answeredBy(payload);
		if (answered != null) {
			answered(answered);
		}
	}

	@Override
	public void piece() {
		this.pulse.seen();
	}

	private void answered(Beat beat) {
		long roundTrip = this.connection.time().nanoTime() - beat.begunAt();
		submit((phase) -> {
			this.heartbeatsAnswered++;
			phase.heartbeatAnswered(this, roundTrip);
		});
	}

	/**
	 * The writer has handed a heartbeat to the socket.
	 */
	void handedOver(Beat beat) {
		submit((phase) -> phase.heartbeatSent(this, beat));
	}

	/**
	 * The writer has finished a frame.
	 */
	void writeEnded() {
		if (this.writeEndWanted) {
			this.writeEndWanted = false;
			submit((phase) -> phase.writeEnded(this));
		}
	}

	/**
	 * Ask for {@link #writeEnded()} at the end of the write under way.
	 */
	void wantWriteEnd(Writer writer) {
		this.writeEndWanted = true;
		if (!writer.isWriting()) {
			writeEnded();
		}
	}

	@Nullable Writer runningWrite() {
		Writer writer = this.connection.writer();
		return (writer != null && writer.attempt() == this) ? writer : null;
	}

	void offerControl(Object key, Transport.Frame frame, @Nullable Beat beat) {
		if (this.lane.offer(key, frame, beat)) {
			this.connection.pump();
		}
		else {
			failed(Disconnect.of(Kind.CONTROL_OVERFLOW,
					"more than " + Lane.CAPACITY + " heartbeats and automatic replies wait to be written"));
		}
	}

	private void submit(Consumer<Phase> input) {
		this.connection.submit(input);
	}

}
