package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent.InternalError;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendObserver;
import io.github.websocketresilience.SendObserver.Sending;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SendObserver}s.
 */
class SendObserverTests {

	private final TestConnection connection = new TestConnection();

	private final List<Sending> seen = new ArrayList<>();

	private void open() {
		this.connection.start();
		this.connection.open();
	}

	@Test
	void messageIsSeenBeforeItIsOfferedAndItsOutcomeAfterwards() {
		this.connection.sender(this.seen::add);
		CompletableFuture<Void> sent = this.connection.engine().send("hello");
		assertThat(this.seen).singleElement().satisfies((sending) -> {
			assertThat(sending.connection()).isSameAs(this.connection.engine());
			assertThat(sending.message()).isEqualTo(new Message.Text("hello"));
			assertThat(sending.request()).isFalse();
			assertThat(sending.outcome().toCompletableFuture()).isNotDone();
		});
		open();
		this.connection.settle();
		assertThat(sent).isCompleted();
		assertThat(this.seen.get(0).outcome().toCompletableFuture()).isCompleted();
	}

	@Test
	void requestIsSeenOnceWithItsId() {
		this.connection.json(new FlatJson())
			.settings((it) -> it.request(new Request("/id", null, Duration.ofSeconds(5), 10)))
			.sender(this.seen::add);
		CompletableFuture<Message> reply = this.connection.engine().request("{\"/do\":\"it\"}");
		assertThat(reply).isNotDone();
		assertThat(this.seen).singleElement().satisfies((sending) -> {
			assertThat(sending.request()).isTrue();
			assertThat(((Message.Text) sending.message()).text()).isEqualTo("{\"/id\":1,\"/do\":\"it\"}");
		});
	}

	@Test
	void refusedRequestIsSeenToo() {
		this.connection.json(new FlatJson())
			.settings((it) -> it.request(new Request("/id", null, Duration.ofSeconds(5), 1)))
			.sender(this.seen::add);
		this.connection.engine().request("{\"/do\":\"it\"}");
		CompletableFuture<Message> refused = this.connection.engine().request("{\"/do\":\"it\"}");
		this.connection.settle();
		assertThat(refused).isCompletedExceptionally();
		assertThat(this.seen).hasSize(2);
		assertThat(this.seen.get(1).outcome().toCompletableFuture()).isCompletedExceptionally();
	}

	@Test
	void observerThatThrowsCostsNoMessage() {
		this.connection.sender((sending) -> {
			throw new IllegalStateException("planned");
		}).sender(this.seen::add);
		open();
		CompletableFuture<Void> sent = this.connection.engine().send("hello");
		this.connection.settle();
		assertThat(sent).isCompleted();
		assertThat(this.seen).hasSize(1);
		assertThat(this.connection.events(InternalError.class)).singleElement()
			.satisfies((event) -> assertThat(event.text()).startsWith("send observer ").endsWith(" failed"));
	}

	@Test
	void heartbeatsAndFirstMessagesAreNotSeen() {
		this.connection.settings((it) -> it.onOpen(List.of("login"))).sender(this.seen::add);
		open();
		this.connection.advance(Duration.ofSeconds(60));
		assertThat(this.seen).isEmpty();
	}

}
