package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.Transport.Attempt;
import io.github.websocketresilience.engine.Transport.Connecting;
import io.github.websocketresilience.engine.Transport.Frame;
import io.github.websocketresilience.engine.Transport.Outbox;
import io.github.websocketresilience.engine.Transport.Socket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link Transport} must do. Runs against the simulated network and against
 * real sockets, so that the simulation stays honest.
 */
public abstract class TransportContractTests {

	private static final Handshake.Accept ACCEPT = new Handshake.Accept(Duration.ZERO, List.of());

	// Far below any timeout of the settings, far above what a loaded machine needs.
	private static final Duration AT_ONCE = Duration.ofSeconds(2);

	private Network network;

	/**
	 * Create the network under test.
	 * @return a new one
	 */
	protected abstract Network createNetwork();

	@BeforeEach
	void createTheNetwork() {
		this.network = createNetwork();
	}

	@AfterEach
	void closeTheNetwork() {
		this.network.close();
	}

	@Test
	void anAttemptIsStartedPreparedAndOpened() {
		RecordingAttempt attempt = open(this.network.peer(ACCEPT));
		assertThat(attempt.events).containsExactly("started", "prepare", "opened");
	}

	@Test
	void aPreparationThatTakesTimeIsWaitedFor() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		CompletableFuture<HandshakeRequest> request = new CompletableFuture<>();
		attempt.preparation = () -> request;
		connect(attempt);
		await("prepare", () -> attempt.has("prepare"));
		request.complete(attempt.request());
		await("opened", attempt::isOpen);
	}

	@Test
	void aPreparationThatFailsIsAFailedAttempt() {
		RecordingAttempt attempt = new RecordingAttempt(this.network.peer(ACCEPT).uri());
		attempt.preparation = () -> CompletableFuture.failedFuture(new IllegalStateException("expected by the test"));
		connect(attempt);
		await("failed", attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.CUSTOMIZER_FAILED);
		assertThat(attempt.failure().exception()).isEqualTo(IllegalStateException.class.getName());
	}

	@Test
	void aRefusedUpgradeIsToldWithItsStatus() {
		RecordingAttempt attempt = connect(this.network.peer(new Handshake.Refuse(503)));
		await("failed", attempt::hasEnded);
		assertThat(attempt.events).containsExactly("started", "prepare", "failed UPGRADE_REFUSED");
		assertThat(attempt.failure().httpStatus()).isEqualTo(503);
	}

	@Test
	void anAttemptAtAHangingPeerIsToldNothingAndEndsWhenAborted() {
		Peer peer = this.network.peer(new Handshake.Hang());
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		Connecting connecting = connect(attempt);
		await("connection", peer::isConnected);
		atOnce(connecting::abort);
		await("end of TCP", peer::isGone);
		assertThat(attempt.events).containsExactly("started", "prepare");
	}

	@Test
	void aSocketThatOpensAfterTheAbortIsHandedOverOrNeverSeen() {
		Peer peer = this.network.peer(new Handshake.Accept(Duration.ofMillis(50), List.of()));
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		attempt.onOpened = () -> attempt.socket().abort(1001);
		Connecting connecting = connect(attempt);
		await("connection", peer::isConnected);
		atOnce(connecting::abort);
		await("end of TCP", peer::isGone);
		assertThat(attempt.events).doesNotContain("failed CONNECTION_LOST");
	}

	@Test
	void anAbortAfterTheOpenDoesNothing() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		Connecting connecting = connect(attempt);
		await("opened", attempt::isOpen);
		connecting.abort();
		peer.send("still there");
		await("text", () -> attempt.has("text still there"));
	}

	@Test
	void greetingsArriveInOrder() {
		RecordingAttempt attempt = open(
				this.network.peer(new Handshake.Accept(Duration.ZERO, List.of("one", "two", "three"))));
		await("greetings", () -> attempt.texts().size() == 3);
		assertThat(attempt.texts()).containsExactly("one", "two", "three");
	}

	@Test
	void messagesArriveInOrder() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		List<String> texts = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
		texts.forEach(peer::send);
		await("texts", () -> attempt.texts().size() == 200);
		assertThat(attempt.texts()).isEqualTo(texts);
	}

	@Test
	void anOutboxIsWrittenInOrderThenFlushedAndDone() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		RecordingOutbox outbox = RecordingOutbox.of(List.of("a", "b", "c"));
		atOnce(() -> attempt.socket().write(outbox));
		await("done", outbox::isDone);
		assertThat(outbox.failure.get()).isNull();
		assertThat(outbox.flushedCount.get()).isPositive();
		assertThat(outbox.flushedLast).isEqualTo(3);
		await("arrival", () -> peer.received().size() == 3);
		assertThat(peer.received()).containsExactly("a", "b", "c");
		RecordingOutbox next = RecordingOutbox.of(List.of("d"));
		attempt.socket().write(next);
		await("arrival", () -> peer.received().contains("d"));
	}

	@Test
	void manyFramesOfOneOutboxArriveInOrderAndComplete() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		List<String> texts = IntStream.range(0, 1000).mapToObj((i) -> i + " ".repeat(i % 100)).toList();
		RecordingOutbox outbox = RecordingOutbox.of(texts);
		attempt.socket().write(outbox);
		await("done", outbox::isDone);
		assertThat(outbox.failure.get()).isNull();
		assertThat(outbox.flushedLast).isEqualTo(1000);
		await("arrival", () -> peer.received().size() == 1000);
		assertThat(peer.received()).isEqualTo(texts);
	}

	@Test
	void aFrameLargerThanAnyBufferArrivesBetweenSmallOnes() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		List<String> texts = List.of("a", "\u00e4".repeat(300_000), "b", "c".repeat(8192), "d");
		attempt.socket().write(RecordingOutbox.of(texts));
		await("arrival", () -> peer.received().size() == 5);
		assertThat(peer.received().equals(texts)).as("the same texts").isTrue();
	}

	@Test
	void aPingBetweenTextsIsSentWithThem() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		attempt.socket()
			.write(new RecordingOutbox(
					List.of(new Frame.Text("a"), new Frame.Ping(new byte[] { 4, 2 }), new Frame.Text("b"))));
		await("pong", () -> attempt.has("pong [4, 2]"));
		await("arrival", () -> peer.received().containsAll(List.of("a", "b")));
	}

	@Test
	void aCloseRightAfterAnOutboxComesAfterAllOfIt() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		List<String> texts = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
		RecordingOutbox outbox = RecordingOutbox.of(texts);
		outbox.onDone = () -> attempt.socket().close(1000, "");
		attempt.socket().write(outbox);
		await("close frame", () -> !peer.closeCodes().isEmpty());
		assertThat(peer.received()).isEqualTo(texts);
		assertThat(peer.closeCodes()).containsExactly(1000);
	}

	@Test
	void anEmptyOutboxIsDone() {
		RecordingAttempt attempt = open(this.network.peer(ACCEPT));
		RecordingOutbox outbox = RecordingOutbox.of(List.of());
		attempt.socket().write(outbox);
		await("done", outbox::isDone);
		assertThat(outbox.failure.get()).isNull();
	}

	@Test
	void aPingIsAnsweredByAPongWithItsPayload() {
		RecordingAttempt attempt = open(this.network.peer(ACCEPT));
		attempt.socket().write(new RecordingOutbox(List.of(new Frame.Ping(new byte[] { 4, 2 }))));
		await("pong", () -> attempt.has("pong [4, 2]"));
	}

	@Test
	void aCloseFrameOfThePeerIsToldOnceAndNothingFollows() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		peer.close(1001, "bye");
		await("closed", attempt::hasEnded);
		attempt.socket().abort(1001);
		await("end of TCP", peer::isGone);
		assertThat(attempt.events).containsExactly("started", "prepare", "opened", "closed 1001 bye");
	}

	@Test
	void anEndWithoutACloseFrameIsALostConnection() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		peer.reset();
		await("failed", attempt::hasEnded);
		assertThat(attempt.events).containsExactly("started", "prepare", "opened", "failed CONNECTION_LOST");
	}

	@Test
	void aWriteAfterTheEndIsDoneWithAFailure() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		peer.reset();
		await("failed", attempt::hasEnded);
		attempt.socket().abort(1001);
		RecordingOutbox outbox = RecordingOutbox.of(List.of("a"));
		atOnce(() -> attempt.socket().write(outbox));
		await("done", outbox::isDone);
		assertThat(outbox.failure.get()).isNotNull();
	}

	@Test
	void theAnswerToOurCloseFrameIsTold() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		atOnce(() -> attempt.socket().close(1000, "done"));
		await("closed", attempt::hasEnded);
		assertThat(attempt.events.get(3)).startsWith("closed 1000");
		assertThat(peer.closeCodes()).containsExactly(1000);
	}

	@Test
	void anAbortedSocketSendsItsCodeEndsTcpAndTellsNothing() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		atOnce(() -> {
			attempt.socket().abort(1001);
			attempt.socket().abort(1001);
		});
		await("end of TCP", peer::isGone);
		assertThat(peer.closeCodes()).containsExactly(1001);
		assertThat(attempt.events).containsExactly("started", "prepare", "opened");
	}

	@Test
	void anAbortAfterAnUnansweredCloseEndsTcp() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		peer.stopReading();
		attempt.socket().close(1000, "");
		atOnce(() -> attempt.socket().abort(1001));
		await("end of TCP", peer::isGone);
	}

	@Test
	void aStuckWriterIsFreedByTheAbortAndNoMethodBlocks() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = open(peer);
		peer.stopReading();
		RecordingOutbox outbox = RecordingOutbox.endless();
		atOnce(() -> attempt.socket().write(outbox));
		this.network.awaitStuck(outbox.taken::get);
		assertThat(outbox.isDone()).isFalse();
		atOnce(() -> attempt.socket().abort(1001));
		await("done", outbox::isDone);
		assertThat(outbox.failure.get()).isNotNull();
		int taken = outbox.taken.get();
		await("end of TCP", peer::isGone);
		assertThat(outbox.taken).hasValue(taken);
		assertThat(outbox.doneCount).hasValue(1);
	}

	@Test
	void noMessageIsOfferedWhilePausedAndAResumeLosesNone() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		AtomicBoolean pausing = new AtomicBoolean(true);
		attempt.onText = () -> {
			if (pausing.getAndSet(false)) {
				attempt.socket().pauseReading();
			}
		};
		connect(attempt);
		await("opened", attempt::isOpen);
		List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
		texts.forEach(peer::send);
		await("first text", () -> !attempt.texts().isEmpty());
		this.network.awaitStuck(() -> attempt.texts().size());
		assertThat(attempt.texts()).containsExactly("0");
		atOnce(() -> attempt.socket().resumeReading());
		await("texts", () -> attempt.texts().size() == 50);
		assertThat(attempt.texts()).isEqualTo(texts);
	}

	@Test
	void aPausedSocketCanBeAborted() {
		Peer peer = this.network.peer(ACCEPT);
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		attempt.onText = () -> attempt.socket().pauseReading();
		connect(attempt);
		await("opened", attempt::isOpen);
		peer.send("a");
		await("text", () -> attempt.has("text a"));
		peer.send("b");
		atOnce(() -> attempt.socket().abort(1001));
		await("end of TCP", peer::isGone);
		assertThat(attempt.events).containsExactly("started", "prepare", "opened", "text a");
	}

	private RecordingAttempt open(Peer peer) {
		RecordingAttempt attempt = connect(peer);
		await("opened", attempt::isOpen);
		return attempt;
	}

	private RecordingAttempt connect(Peer peer) {
		RecordingAttempt attempt = new RecordingAttempt(peer.uri());
		connect(attempt);
		return attempt;
	}

	private Connecting connect(RecordingAttempt attempt) {
		List<Connecting> connecting = new ArrayList<>();
		atOnce(() -> connecting.add(this.network.transport().connect(attempt.settings, attempt)));
		return connecting.get(0);
	}

	private void await(String what, BooleanSupplier condition) {
		this.network.await(what, condition);
	}

	private static void atOnce(Runnable call) {
		long begin = System.nanoTime();
		call.run();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
	}

	/**
	 * A network, real or simulated.
	 */
	protected interface Network extends AutoCloseable {

		/**
		 * Return the transport under test.
		 * @return the same one each time
		 */
		Transport transport();

		/**
		 * Start a peer that takes one connection.
		 * @param handshake how it answers the opening handshake
		 * @return the peer; once connected, it reads, answers pings and close frames
		 */
		Peer peer(Handshake handshake);

		/**
		 * Let time pass until a condition holds, at most as long as the transport may
		 * take for anything it promises: 3 s, and something for a loaded machine.
		 * @param what the condition, for the message of the failure
		 * @param condition the condition
		 */
		void await(String what, BooleanSupplier condition);

		/**
		 * Let time pass until something does not go on any more.
		 * @param progress a number that grows as it goes on
		 */
		void awaitStuck(Supplier<Integer> progress);

		@Override
		void close();

	}

	/**
	 * The other end of one connection.
	 */
	protected interface Peer {

		/**
		 * Return where to connect to.
		 * @return the address
		 */
		URI uri();

		/**
		 * Return whether the client's TCP connection has come.
		 * @return whether it has
		 */
		boolean isConnected();

		/**
		 * Return whether the TCP connection came and is over.
		 * @return whether it is
		 */
		boolean isGone();

		/**
		 * Return the text messages it has read.
		 * @return the texts in order
		 */
		List<String> received();

		/**
		 * Return the status codes of the close frames it has read.
		 * @return the codes in order
		 */
		List<Integer> closeCodes();

		/**
		 * Send a text message.
		 * @param text the text
		 */
		void send(String text);

		/**
		 * Send a close frame; the connection ends with the client's answer.
		 * @param code the status code
		 * @param reason the reason
		 */
		void close(int code, String reason);

		/**
		 * End TCP without a close frame.
		 */
		void reset();

		/**
		 * Read nothing more, but still notice the end of TCP.
		 */
		void stopReading();

	}

	/**
	 * How a peer answers the opening handshake.
	 */
	protected sealed interface Handshake {

		/**
		 * Accept it.
		 *
		 * @param after how long it takes
		 * @param greeting texts sent together with the answer
		 */
		record Accept(Duration after, List<String> greeting) implements Handshake {
		}

		/**
		 * Refuse it.
		 *
		 * @param status the HTTP status
		 */
		record Refuse(int status) implements Handshake {
		}

		/**
		 * Never answer.
		 */
		record Hang() implements Handshake {
		}

	}

	/**
	 * Records what an attempt is told.
	 */
	public static final class RecordingAttempt implements Attempt {

		/** What it was told, in order, each a line. */
		public final List<String> events = new CopyOnWriteArrayList<>();

		/** The settings to connect with. */
		public final ConnectionSettings settings;

		/** Runs inside {@link #opened}. */
		public volatile Runnable onOpened = () -> {
		};

		/** Runs inside {@link #text}, after it was recorded. */
		public volatile Runnable onText = () -> {
		};

		/** Runs inside {@link #binary}, after it was recorded. */
		public volatile Runnable onBinary = () -> {
		};

		/** Answers {@link #prepare}. */
		public volatile Supplier<CompletionStage<HandshakeRequest>> preparation = () -> CompletableFuture
			.completedFuture(request());

		private volatile @Nullable Socket socket;

		private volatile @Nullable Disconnect failure;

		/**
		 * Record an attempt at an address.
		 * @param uri the address
		 */
		public RecordingAttempt(URI uri) {
			this(ConnectionSettings.builder("test", uri).build());
		}

		/**
		 * Record an attempt.
		 * @param settings the settings
		 */
		public RecordingAttempt(ConnectionSettings settings) {
			this.settings = settings;
		}

		/**
		 * Return a request as the settings say.
		 * @return a new request
		 */
		public HandshakeRequest request() {
			return new HandshakeRequest(this.settings, 1, null);
		}

		/**
		 * Return whether an event was told.
		 * @param event its line
		 * @return whether it was
		 */
		public boolean has(String event) {
			return this.events.contains(event);
		}

		/**
		 * Return whether it was told {@link #opened}.
		 * @return whether it was
		 */
		public boolean isOpen() {
			return has("opened");
		}

		/**
		 * Return whether it was told an end.
		 * @return whether it was
		 */
		public boolean hasEnded() {
			return this.events.stream().anyMatch((event) -> event.startsWith("failed") || event.startsWith("closed"));
		}

		/**
		 * Return the texts it was told.
		 * @return the texts in order
		 */
		public List<String> texts() {
			return this.events.stream()
				.filter((event) -> event.startsWith("text "))
				.map((event) -> event.substring("text ".length()))
				.toList();
		}

		/**
		 * Return the open socket.
		 * @return the socket
		 */
		public Socket socket() {
			Socket socket = this.socket;
			assertThat(socket).isNotNull();
			return socket;
		}

		/**
		 * Return why it failed.
		 * @return the failure
		 */
		public Disconnect failure() {
			Disconnect failure = this.failure;
			assertThat(failure).isNotNull();
			return failure;
		}

		@Override
		public void started() {
			this.events.add("started");
		}

		@Override
		public void delayed() {
			this.events.add("delayed");
		}

		@Override
		public CompletionStage<HandshakeRequest> prepare() {
			this.events.add("prepare");
			return this.preparation.get();
		}

		@Override
		public void opened(Socket socket, String subprotocol) {
			this.socket = socket;
			this.events.add(subprotocol.isEmpty() ? "opened" : "opened " + subprotocol);
			this.onOpened.run();
		}

		@Override
		public void failed(Disconnect failure) {
			this.failure = failure;
			this.events.add("failed " + failure.kind());
		}

		@Override
		public void closed(int code, String reason) {
			this.events.add("closed " + code + " " + reason);
		}

		@Override
		public void text(String text) {
			this.events.add("text " + text);
			this.onText.run();
		}

		@Override
		public void binary(byte[] bytes) {
			this.events.add("binary " + bytes.length);
			this.onBinary.run();
		}

		@Override
		public void pong(byte[] payload) {
			this.events.add("pong " + Arrays.toString(payload));
		}

		@Override
		public void piece() {
			this.events.add("piece");
		}

	}

	/**
	 * Hands out frames and records what becomes of them.
	 */
	public static final class RecordingOutbox implements Outbox {

		/** How many frames were taken. */
		public final AtomicInteger taken = new AtomicInteger();

		/** How often {@link #flushed} was called. */
		public final AtomicInteger flushedCount = new AtomicInteger();

		/** How often {@link #done} was called. */
		public final AtomicInteger doneCount = new AtomicInteger();

		/** Why it ended early, once done. */
		public final AtomicReference<@Nullable Disconnect> failure = new AtomicReference<>();

		/** Runs inside {@link #next}, before a frame is taken. */
		public volatile Runnable onNext = () -> {
		};

		/** Runs inside {@link #done}, after it was recorded. */
		public volatile Runnable onDone = () -> {
		};

		private final List<Frame> frames;

		private final boolean endless;

		private volatile int flushedLast;

		/**
		 * Hand out some frames.
		 * @param frames the frames
		 */
		public RecordingOutbox(List<Frame> frames) {
			this(frames, false);
		}

		private RecordingOutbox(List<Frame> frames, boolean endless) {
			this.frames = frames;
			this.endless = endless;
		}

		/**
		 * Hand out text messages.
		 * @param texts the texts
		 * @return the outbox
		 */
		public static RecordingOutbox of(List<String> texts) {
			return new RecordingOutbox(texts.stream().<Frame>map(Frame.Text::new).toList());
		}

		/**
		 * Hand out large messages for ever.
		 * @return the outbox
		 */
		public static RecordingOutbox endless() {
			return new RecordingOutbox(List.of(new Frame.Binary(new byte[64 * 1024])), true);
		}

		/**
		 * Return whether it is done.
		 * @return whether it is
		 */
		public boolean isDone() {
			return this.doneCount.get() > 0;
		}

		@Override
		public @Nullable Frame next() {
			this.onNext.run();
			if (this.endless) {
				this.taken.incrementAndGet();
				return this.frames.get(0);
			}
			int index = this.taken.get();
			if (index == this.frames.size()) {
				return null;
			}
			this.taken.incrementAndGet();
			return this.frames.get(index);
		}

		@Override
		public void flushed() {
			this.flushedCount.incrementAndGet();
			this.flushedLast = this.taken.get();
		}

		@Override
		public void done(@Nullable Disconnect failure) {
			this.failure.set(failure);
			this.doneCount.incrementAndGet();
			this.onDone.run();
		}

	}

}
