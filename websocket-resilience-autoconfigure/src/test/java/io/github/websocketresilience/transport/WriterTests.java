package io.github.websocketresilience.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Transport.Frame;
import io.github.websocketresilience.engine.TransportContractTests.RecordingOutbox;
import io.github.websocketresilience.transport.RecordingRemote.Support;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WriterTests {

	private static final String FLUSH = "flushBatch";

	private static final String ALLOW = "setBatchingAllowed true";

	private static final String END = "setBatchingAllowed false";

	private final List<Disconnect> failures = new CopyOnWriteArrayList<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	private RecordingRemote remote = new RecordingRemote(Support.YES);

	private FrameSender sender = new FrameSender(this.remote.session());

	private RecordingOutbox outbox = RecordingOutbox.of(List.of("a", "b"));

	@AfterEach
	void openTheGate() {
		this.gate.countDown();
	}

	@Test
	void framesAreCollectedAndFlushedWhenThereAreNoMore() {
		this.remote.trap((call) -> assertThat(this.outbox.flushedCount).hasValue(0));
		writer().run();
		assertThat(this.remote.calls).containsExactly(ALLOW, "sendText a", "sendText b", END);
		assertThat(this.outbox.flushedCount).hasValue(1);
		assertThat(this.outbox.failure.get()).isNull();
		assertThat(this.failures).isEmpty();
	}

	@Test
	void everyKindOfFrameIsCollected() {
		this.outbox = new RecordingOutbox(
				List.of(new Frame.Text("a"), new Frame.Ping(new byte[] { 1 }), new Frame.Binary(new byte[3])));
		writer().run();
		assertThat(this.remote.calls).containsExactly(ALLOW, "sendText a", "sendPing 1", "sendBinary 3", END);
		assertThat(this.outbox.flushedCount).hasValue(1);
	}

	@Test
	void batchingIsAllowedOnlyWhileAWriterRuns() {
		writer().run();
		this.outbox = RecordingOutbox.of(List.of("c"));
		writer().run();
		assertThat(this.remote.calls).containsExactly(ALLOW, "sendText a", "sendText b", END, ALLOW, "sendText c", END);
	}

	@Test
	void emptyOutboxTouchesNothing() {
		this.outbox = RecordingOutbox.of(List.of());
		writer().run();
		assertThat(this.remote.calls).isEmpty();
		assertThat(this.outbox.flushedCount).hasValue(0);
		assertThat(this.outbox.doneCount).hasValue(1);
	}

	@Test
	void fullBatchIsFlushedBeforeTheNextFrame() {
		this.outbox = RecordingOutbox.of(Collections.nCopies(130, "a"));
		List<Integer> takenAtFlush = new ArrayList<>();
		this.remote.trap((call) -> {
			if (call.equals(FLUSH)) {
				takenAtFlush.add(this.outbox.taken.get());
			}
		});
		writer().run();
		assertThat(takenAtFlush).containsExactly(64, 128);
		assertThat(this.outbox.flushedCount).hasValue(3);
		assertThat(this.remote.calls).endsWith("sendText a", END);
	}

	@Test
	void batchThatEndsFullIsReportedOnce() {
		this.outbox = RecordingOutbox.of(Collections.nCopies(64, "a"));
		writer().run();
		assertThat(this.remote.calls).endsWith("sendText a", FLUSH, END);
		assertThat(this.outbox.flushedCount).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void largePayloadsMakeABatchFull(boolean text) {
		Frame frame = text ? new Frame.Text("x".repeat(16 * 1024)) : new Frame.Binary(new byte[16 * 1024]);
		this.outbox = new RecordingOutbox(Collections.nCopies(5, frame));
		writer().run();
		assertThat(this.remote.count(FLUSH)).isEqualTo(2);
		assertThat(this.outbox.flushedCount).hasValue(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "IGNORES", "THROWS" })
	void containerThatDoesNotBatchIsAskedOnceAndEachFrameReported(Support support) {
		this.remote = new RecordingRemote(support);
		this.sender = new FrameSender(this.remote.session());
		writer().run();
		assertThat(this.outbox.flushedCount).hasValue(2);
		this.outbox = RecordingOutbox.of(List.of("c"));
		writer().run();
		assertThat(this.remote.calls).containsExactly(ALLOW, "sendText a", "sendText b", "sendText c");
		assertThat(this.outbox.flushedCount).hasValue(1);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void writerThatIsGivenUpIsReportedInItsPlaceAndWritesNothingMore() throws Exception {
		this.remote.trap((call) -> {
			if (call.startsWith("send")) {
				this.gate.await();
			}
		});
		giveUpInside("sendText a");
		assertThat(this.remote.calls).containsExactly(ALLOW, "sendText a");
		assertThat(this.outbox.taken).hasValue(1);
		assertThat(this.outbox.flushedCount).hasValue(0);
	}

	@Test
	void writerThatIsGivenUpBetweenWriteAndFlushDoesNotFlush() {
		this.outbox = RecordingOutbox.of(Collections.nCopies(64, "a"));
		Writer writer = writer();
		this.remote.trap((call) -> {
			if (this.outbox.taken.get() == 64) {
				writer.giveUp();
			}
		});
		writer.run();
		assertThat(this.remote.count("sendText a")).isEqualTo(64);
		assertThat(this.remote.calls).doesNotContain(FLUSH, END);
		assertThat(this.outbox.flushedCount).hasValue(0);
		assertThat(this.outbox.doneCount).hasValue(1);
		assertThat(this.outbox.failure.get()).isNotNull();
	}

	@Test
	void writerThatIsGivenUpInsideAFlushReportsNoFlush() throws Exception {
		this.remote.trap((call) -> {
			if (call.equals(END)) {
				this.gate.await();
			}
		});
		giveUpInside(END);
		assertThat(this.outbox.flushedCount).hasValue(0);
	}

	@Test
	void writerThatHasEndedCannotBeGivenUp() {
		Writer writer = writer();
		writer.run();
		writer.giveUp();
		assertThat(this.outbox.failure.get()).isNull();
		assertThat(this.outbox.doneCount).hasValue(1);
		assertThat(this.outbox.flushedCount).hasValue(1);
	}

	@Test
	void failedWriteEndsTheOutboxThenTheSocketAndKeepsTheTextToItself() {
		failIn("sendText b");
		writer().run();
		assertFailed();
		assertThat(this.remote.calls).containsExactly(ALLOW, "sendText a", "sendText b");
	}

	@Test
	void failedFlushIsAFailedWrite() {
		this.outbox = RecordingOutbox.of(Collections.nCopies(100, "a"));
		failIn(FLUSH);
		writer().run();
		assertFailed();
		assertThat(this.outbox.taken).hasValue(64);
		assertThat(this.remote.calls).endsWith(FLUSH);
	}

	@Test
	void failedLastFlushIsAFailedWrite() {
		failIn(END);
		writer().run();
		assertFailed();
		assertThat(this.remote.calls).endsWith(END);
	}

	private void giveUpInside(String call) throws InterruptedException {
		Writer writer = writer();
		Thread thread = new Thread(writer);
		thread.start();
		RealTransport.await(() -> this.remote.calls.contains(call));
		writer.giveUp();
		assertThat(this.outbox.isDone()).isTrue();
		assertThat(this.outbox.failure.get()).isNotNull();
		this.gate.countDown();
		thread.join();
		assertThat(this.outbox.doneCount).hasValue(1);
	}

	private void failIn(String call) {
		this.remote.trap((it) -> {
			if (it.equals(call)) {
				throw new IOException("secret");
			}
		});
	}

	private void assertFailed() {
		assertThat(this.outbox.failure.get()).isNotNull();
		assertThat(this.outbox.doneCount).hasValue(1);
		assertThat(this.outbox.flushedCount).hasValue(0);
		assertThat(this.failures).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.WRITE_FAILED);
			assertThat(failure.exception()).isEqualTo(IOException.class.getName());
			assertThat(failure.toString()).doesNotContain("secret");
		});
	}

	private Writer writer() {
		return new Writer(this.sender, this.outbox, this.failures::add);
	}

}
