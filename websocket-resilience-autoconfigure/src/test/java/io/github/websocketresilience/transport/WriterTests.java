package io.github.websocketresilience.transport;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.TransportContractTests.RecordingOutbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;

class WriterTests {

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private final List<Disconnect> failures = new CopyOnWriteArrayList<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final RecordingOutbox outbox = RecordingOutbox.of(List.of("a", "b"));

	@AfterEach
	void openTheGate() {
		this.gate.countDown();
	}

	@Test
	void writerThatIsGivenUpIsReportedInItsPlaceAndWritesNothingMore() throws Exception {
		Writer writer = writer((text) -> this.gate.await());
		Thread thread = new Thread(writer);
		thread.start();
		RealTransport.await(() -> this.sent.contains("a"));
		writer.giveUp();
		assertThat(this.outbox.isDone()).isTrue();
		assertThat(this.outbox.failure.get()).isNotNull();
		this.gate.countDown();
		thread.join();
		assertThat(this.sent).containsExactly("a");
		assertThat(this.outbox.taken).hasValue(1);
		assertThat(this.outbox.flushedCount).hasValue(0);
		assertThat(this.outbox.doneCount).hasValue(1);
	}

	@Test
	void writerThatHasEndedCannotBeGivenUp() {
		Writer writer = writer((text) -> {
		});
		writer.run();
		writer.giveUp();
		assertThat(this.outbox.failure.get()).isNull();
		assertThat(this.outbox.doneCount).hasValue(1);
		assertThat(this.outbox.flushedCount).hasValue(2);
	}

	@Test
	void failedWriteEndsTheOutboxThenTheSocketAndKeepsTheTextToItself() {
		Writer writer = writer((text) -> {
			throw new IOException("secret");
		});
		writer.run();
		assertThat(this.outbox.failure.get()).isNotNull();
		assertThat(this.outbox.taken).hasValue(1);
		assertThat(this.failures).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.WRITE_FAILED);
			assertThat(failure.exception()).isEqualTo(IOException.class.getName());
			assertThat(failure.toString()).doesNotContain("secret");
		});
	}

	private Writer writer(Sending sending) {
		WebSocketSession session = (WebSocketSession) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { WebSocketSession.class }, (proxy, method, arguments) -> {
					String text = ((TextMessage) arguments[0]).getPayload();
					this.sent.add(text);
					sending.send(text);
					return null;
				});
		return new Writer(session, this.outbox, this.failures::add);
	}

	@FunctionalInterface
	private interface Sending {

		void send(String text) throws Exception;

	}

}
