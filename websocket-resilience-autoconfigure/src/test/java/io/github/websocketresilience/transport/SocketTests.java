package io.github.websocketresilience.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Transport.Frame;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import io.github.websocketresilience.engine.TransportContractTests.RecordingOutbox;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The traps of an open socket on Tomcat's container.
 */
class SocketTests {

	private static final UnaryOperator<ConnectionSettings.Builder> SMALL = (builder) -> builder.maxMessageSize(20_000);

	private final RealTransport transport = new RealTransport();

	private final List<RawServer> servers = new ArrayList<>();

	private final RawServer server = server((connection) -> {
		connection.accept();
		connection.serve();
	});

	@AfterEach
	void close() {
		this.transport.close();
		this.servers.forEach(RawServer::close);
	}

	@Test
	void exceptionOfTheAttemptDoesNotEscapeAndEndsTheSocket() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		attempt.onText = () -> {
			throw new IllegalStateException("expected by the test");
		};
		peer().sendText("a");
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.INTERNAL_ERROR);
		RealTransport.await(() -> peer().isGone());
		assertThat(peer().closeCodes()).containsExactly(1011);
	}

	@Test
	void threadOfTheHandshakeIsNotLentToListeners() {
		RawServer greeting = server((connection) -> {
			connection.readRequest();
			// In one segment with the answer, so that the handshake has read it already.
			connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Accept: " + AcceptCheck.expected(connection.header("Sec-WebSocket-Key"))
					+ "\r\n\r\n\u0081\u0008greeting");
			connection.serve();
		});
		RecordingAttempt attempt = RealTransport.attempt(greeting.uri(), (settings) -> settings);
		List<String> readers = new CopyOnWriteArrayList<>();
		attempt.onText = () -> readers.add(Thread.currentThread().getName() + " " + attempt.socket().lendsReader());
		this.transport.connect(attempt);
		RealTransport.await(() -> !readers.isEmpty());
		assertThat(readers).allMatch((reader) -> reader.startsWith("ws-io-") && reader.endsWith(" false"));
	}

	@Test
	void threadOfTheContainerIsLentToListeners() {
		AtomicBoolean lent = new AtomicBoolean();
		RawServer feeding = server((connection) -> {
			connection.accept();
			while (!lent.get()) {
				connection.sendText("text");
				connection.linger(Duration.ofMillis(10));
			}
			connection.serve();
		});
		RecordingAttempt attempt = RealTransport.attempt(feeding.uri(), (settings) -> settings);
		attempt.onText = () -> lent.compareAndSet(false, attempt.socket().lendsReader());
		this.transport.connect(attempt);
		RealTransport.await(lent::get);
	}

	@Test
	void errorOnTheReadSideEndsTheSocketInsteadOfLeavingItDeaf() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		attempt.onText = () -> {
			throw new StackOverflowError("expected by the test");
		};
		peer().sendText("a");
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().exception()).isEqualTo(StackOverflowError.class.getName());
		RealTransport.await(() -> peer().isGone());
	}

	@Test
	void exceptionInsideTheOpenEndsTheSocket() {
		RecordingAttempt attempt = RealTransport.attempt(this.server.uri(), (settings) -> settings);
		attempt.onOpened = () -> {
			throw new IllegalStateException("expected by the test");
		};
		this.transport.connect(attempt);
		RealTransport.await(attempt::hasEnded);
		RealTransport.await(() -> peer().isGone());
	}

	@Test
	void loneSurrogateEndsTheSocket() {
		RecordingAttempt attempt = this.transport.open(this.server);
		RecordingOutbox outbox = RecordingOutbox.of(List.of("\ud800", "never"));
		attempt.socket().write(outbox);
		RealTransport.await(outbox::isDone);
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.WRITE_FAILED);
		assertThat(outbox.taken).hasValue(1);
		RealTransport.await(() -> peer().isGone());
		assertThat(peer().texts()).isEmpty();
	}

	@Test
	void longMessageComesInPiecesAndIsPutTogether() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		String text = "\u00e4\u20ac\ud83d\ude00x".repeat(20_000);
		peer().sendText(text);
		RealTransport.await(() -> attempt.has("text " + text));
		peer().sendFrame(true, RawServer.BINARY, new byte[100_000]);
		RealTransport.await(() -> attempt.has("binary 100000"));
		assertThat(attempt.events).filteredOn("piece"::equals).hasSizeGreaterThan(20);
	}

	@Test
	void framesOfOneMessageArePutTogetherThoughACharacterIsSplit() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		byte[] bytes = "a\u20acb".getBytes(StandardCharsets.UTF_8);
		peer().sendFrame(false, RawServer.TEXT, new byte[] { bytes[0], bytes[1] });
		peer().sendFrame(true, RawServer.PING, new byte[0]);
		peer().sendFrame(false, RawServer.CONTINUATION, new byte[] { bytes[2] });
		peer().sendFrame(true, RawServer.CONTINUATION, new byte[] { bytes[3], bytes[4] });
		RealTransport.await(() -> attempt.has("text a\u20acb"));
		assertThat(attempt.events).contains("piece");
	}

	@Test
	void messageOfTheLargestSizeArrives() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server, SMALL);
		String text = "\u00e4".repeat(10_000);
		peer().sendText(text);
		peer().sendText(text);
		peer().sendFrame(true, RawServer.BINARY, new byte[20_000]);
		RealTransport.await(() -> attempt.has("binary 20000"));
		assertThat(attempt.texts()).containsExactly(text, text);
	}

	@ParameterizedTest
	@ValueSource(ints = { RawServer.TEXT, RawServer.BINARY })
	void largerMessageEndsTheSocketWithoutWaitingForItsRest(int opcode) throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server, SMALL);
		peer().sendFrame(false, opcode, "x".repeat(20_000).getBytes(StandardCharsets.UTF_8));
		peer().sendFrame(false, RawServer.CONTINUATION, new byte[] { 'x' });
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.MESSAGE_TOO_BIG);
		assertThat(attempt.failure().closeCode()).isEqualTo(1009);
		assertThat(attempt.failure().text()).contains("max-message-size", "20000");
		RealTransport.await(() -> peer().isGone());
		assertThat(peer().closeCodes()).containsExactly(1009);
	}

	@Test
	void maskedFrameOfThePeerIsAProtocolErrorOfOurs() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().write(new byte[] { (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x' });
		RealTransport.await(attempt::hasEnded);
		assertLocal(attempt.failure(), Kind.PROTOCOL_ERROR, 1002);
	}

	@Test
	void textThatIsNotUtf8IsAProtocolErrorOfOurs() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().sendFrame(true, RawServer.TEXT, new byte[] { (byte) 0xff });
		RealTransport.await(attempt::hasEnded);
		assertLocal(attempt.failure(), Kind.PROTOCOL_ERROR, 1007);
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000", "1001, 1001", "1002, 1002", "1003, 1003", "1007, 1007", "1008, 1008", "1009, 1009",
			"1011, 1011", "3000, 3000", "4401, 4401", "4999, 4999",
			// Tomcat tells these as 1002.
			"1012, 1002", "1013, 1002", "1014, 1002" })
	void closeFrameOfThePeerIsToldAsThePeers(int sent, int told) throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().sendClose(sent, "why");
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.events).endsWith("closed " + told + " why");
	}

	@Test
	void closeFrameWithoutACodeIsToldAs1000ByTomcat() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().sendFrame(true, RawServer.CLOSE, new byte[0]);
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.events).endsWith("closed 1000 ");
	}

	@Test
	void burstThatTomcatHasReadAlreadyIsNotStuckAfterAResume() throws IOException {
		RecordingAttempt attempt = pausingAtTheFirstText();
		List<String> texts = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
		peer().sendTexts(texts);
		RealTransport.await(() -> !attempt.texts().isEmpty());
		standstill(() -> attempt.texts().size());
		assertThat(attempt.texts()).containsExactly("0");
		attempt.socket().resumeReading();
		RealTransport.await(() -> attempt.texts().size() == 100);
		assertThat(attempt.texts()).isEqualTo(texts);
		assertThat(peer().frames()).as("pings for the one byte that Tomcat waits for")
			.filteredOn((frame) -> frame.opcode() == RawServer.PING)
			.hasSizeBetween(1, 2);
	}

	@Test
	void pausedSocketHoldsThePeerBack() {
		AtomicInteger sent = new AtomicInteger();
		RawServer flooding = server((connection) -> {
			connection.accept();
			for (int i = 0; i < 2000; i++) {
				connection.sendFrame(true, RawServer.BINARY, new byte[8000 + i]);
				sent.incrementAndGet();
			}
			connection.serve();
		});
		RecordingAttempt attempt = RealTransport.attempt(flooding.uri(), (settings) -> settings);
		AtomicBoolean first = new AtomicBoolean(true);
		attempt.onBinary = () -> {
			if (first.getAndSet(false)) {
				attempt.socket().pauseReading();
			}
		};
		this.transport.connect(attempt);
		RealTransport.await(() -> sent.get() > 0 && !first.get());
		standstill(sent::get);
		assertThat(sent.get()).isLessThan(2000);
		attempt.socket().resumeReading();
		RealTransport.await(() -> attempt.has("binary 9999"));
		assertThat(attempt.events.stream().filter((event) -> event.startsWith("binary")).toList())
			.isEqualTo(IntStream.range(0, 2000).mapToObj((i) -> "binary " + (8000 + i)).toList());
	}

	@Test
	void abortEndsTcpThoughThePeerNeverAnswers() {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().ignoreClose();
		long begin = System.nanoTime();
		attempt.socket().abort(1001);
		RealTransport.await(() -> peer().isGone());
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void abortOfAStuckBatchEndsTcpAndTheWriterInTime() {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().stopReading();
		RecordingOutbox outbox = RecordingOutbox.endless();
		attempt.socket().write(outbox);
		standstill(outbox.taken::get);
		long begin = System.nanoTime();
		attempt.socket().abort(1001);
		RealTransport.await(outbox::isDone);
		RealTransport.await(() -> peer().isGone());
		// Tomcat flushes before it closes, for as long as the send timeout of 10 s.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void closeFrameOfAPeerThatReadsNothingIsToldAtTheLatestAtTheSendTimeout() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server,
				(settings) -> settings.outbound(new ConnectionSettings.Outbound(WhenDisconnected.QUEUE, 1000, 8_000_000,
						Duration.ofSeconds(30), OutboundOverflow.REJECT, Duration.ofSeconds(1))));
		peer().stopReading();
		RecordingOutbox outbox = RecordingOutbox.endless();
		attempt.socket().write(outbox);
		standstill(outbox.taken::get);
		peer().sendClose(1001, "bye");
		RealTransport.await(attempt::hasEnded);
		RealTransport.await(outbox::isDone);
		RealTransport.await(() -> peer().isGone());
	}

	@Test
	void pingOfThePeerIsAnsweredWithTheBatchThatIsBeingWritten() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		CountDownLatch pinged = new CountDownLatch(1);
		RecordingOutbox outbox = RecordingOutbox.of(List.of("a", "b"));
		outbox.onNext = () -> {
			if (outbox.taken.get() == 1) {
				await(pinged);
			}
		};
		attempt.socket().write(outbox);
		RealTransport.await(() -> outbox.taken.get() == 1);
		peer().sendFrame(true, RawServer.PING, new byte[] { 7 });
		peer().sendText("behind the ping");
		RealTransport.await(() -> attempt.has("text behind the ping"));
		pinged.countDown();
		RealTransport.await(() -> peer().frames().size() == 3);
		assertThat(peer().frames()).extracting(RawServer.Frame::opcode)
			.containsExactly(RawServer.TEXT, RawServer.PONG, RawServer.TEXT);
		assertThat(peer().texts()).containsExactly("a", "b");
	}

	@Test
	void pingOfThePeerIsAnsweredAtOnceWhenNothingIsWritten() throws IOException {
		RecordingAttempt attempt = this.transport.open(this.server);
		RecordingOutbox outbox = RecordingOutbox.of(List.of("a", "b"));
		attempt.socket().write(outbox);
		RealTransport.await(outbox::isDone);
		peer().sendFrame(true, RawServer.PING, new byte[] { 7 });
		RealTransport.await(() -> peer().frames().size() == 3);
		assertThat(peer().frames().get(2).opcode()).isEqualTo(RawServer.PONG);
	}

	@Test
	void abortBehindAStuckOrderlyCloseEndsTcpAndTheWriter() {
		RecordingAttempt attempt = this.transport.open(this.server);
		peer().stopReading();
		RecordingOutbox outbox = RecordingOutbox.endless();
		attempt.socket().write(outbox);
		standstill(outbox.taken::get);
		attempt.socket().close(1000, "");
		long begin = System.nanoTime();
		attempt.socket().abort(1001);
		RealTransport.await(outbox::isDone);
		RealTransport.await(() -> peer().isGone());
		// The send timeout is 10 s.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
	}

	@Test
	void slowAnswerToACloseFrameIsWaitedFor() {
		RawServer slow = server((connection) -> {
			connection.accept();
			connection.readFrame();
			connection.linger(Duration.ofMillis(3500));
			connection.sendClose(1000, "");
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(slow);
		long begin = System.nanoTime();
		attempt.socket().close(1000, "");
		RealTransport.await(attempt::hasEnded);
		// Sockets that are given up are ended by Tomcat after one to two seconds.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
		assertThat(attempt.events).endsWith("closed 1000 ");
	}

	@Test
	void closingTheTransportEndsItsSockets() {
		RecordingAttempt attempt = this.transport.open(this.server);
		this.transport.transport().close();
		RealTransport.await(() -> peer().isGone());
		assertThat(peer().closeCodes()).containsExactly(1001);
		assertThat(attempt.failure().text()).isEqualTo("the transport was closed");
	}

	@Test
	void socketThatOpensWhileTheTransportIsClosedIsEnded() {
		RecordingAttempt attempt = RealTransport.attempt(this.server.uri(), (settings) -> settings);
		attempt.onOpened = this.transport.transport()::close;
		this.transport.connect(attempt);
		RealTransport.await(attempt::hasEnded);
		RealTransport.await(() -> peer().isGone());
		assertThat(attempt.events).containsExactly("started", "prepare", "opened", "failed CONNECTION_LOST");
	}

	@Test
	void givenContainerIsUsedAndLeftToItsOwner() {
		WsWebSocketContainer container = new WsWebSocketContainer();
		for (int i = 0; i < 2; i++) {
			try (RealTransport given = new RealTransport(Container.of(container), HostLookup.ofSystem())) {
				RecordingAttempt attempt = given.open(this.server);
				attempt.socket().write(new RecordingOutbox(List.of(new Frame.Ping(new byte[] { 1 }))));
				RealTransport.await(() -> attempt.has("pong [1]"));
			}
		}
		RealTransport.await(() -> this.server.connections().get(1).isGone());
		container.destroy();
	}

	private RecordingAttempt pausingAtTheFirstText() {
		RecordingAttempt attempt = this.transport.open(this.server);
		AtomicBoolean first = new AtomicBoolean(true);
		attempt.onText = () -> {
			if (first.getAndSet(false)) {
				attempt.socket().pauseReading();
			}
		};
		return attempt;
	}

	private RawServer.Connection peer() {
		return this.server.connections().get(0);
	}

	private RawServer server(RawServer.Script script) {
		RawServer server = new RawServer(script);
		this.servers.add(server);
		return server;
	}

	private static void standstill(Supplier<Integer> progress) {
		// A container that was destroyed may still throw on a thread of the JDK's.
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.atMost(RealTransport.PROMISED)
			.pollInterval(Duration.ofMillis(500))
			.until(new SpringWebSocketTransportContractTests.Standstill(progress)::isReached);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(RealTransport.PROMISED.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertLocal(Disconnect failure, Kind kind, int code) {
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.closeCode()).isEqualTo(code);
		assertThat(failure.initiator()).isEqualTo(Initiator.US);
		assertThat(failure.closeReason()).isEmpty();
	}

}
