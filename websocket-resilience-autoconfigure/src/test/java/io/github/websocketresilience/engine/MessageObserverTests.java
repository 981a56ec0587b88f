package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent.InternalError;
import io.github.websocketresilience.ConnectionEvent.ListenerFailed;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.MessageObserver.Sending;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageObserver}s.
 */
class MessageObserverTests {

	private final TestConnection connection = new TestConnection();

	private final List<Sending> seen = new ArrayList<>();

	private void open() {
		this.connection.start();
		this.connection.open();
	}

	@Test
	void messageIsSeenBeforeItIsOfferedAndItsOutcomeAfterwards() {
		this.connection.messageObserver(this.seen::add);
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
			.messageObserver(this.seen::add);
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
			.messageObserver(this.seen::add);
		this.connection.engine().request("{\"/do\":\"it\"}");
		CompletableFuture<Message> refused = this.connection.engine().request("{\"/do\":\"it\"}");
		this.connection.settle();
		assertThat(refused).isCompletedExceptionally();
		assertThat(this.seen).hasSize(2);
		assertThat(this.seen.get(1).outcome().toCompletableFuture()).isCompletedExceptionally();
	}

	@Test
	void observerThatThrowsCostsNoMessage() {
		this.connection.messageObserver((sending) -> {
			throw new IllegalStateException("planned");
		}).messageObserver(this.seen::add);
		open();
		CompletableFuture<Void> sent = this.connection.engine().send("hello");
		this.connection.settle();
		assertThat(sent).isCompleted();
		assertThat(this.seen).hasSize(1);
		assertThat(this.connection.events(InternalError.class)).singleElement()
			.satisfies((event) -> assertThat(event.text()).startsWith("message observer ").endsWith(" failed"));
	}

	@Test
	void receivedMessageIsSeenOnceBeforeTheListenersThatHandleIt() {
		List<String> calls = new ArrayList<>();
		this.connection.messageObserver(new Receiving(calls))
			.listener(listener("a", calls))
			.listener(listener("b", calls));
		this.connection.interceptor((delivery, call) -> {
			if (delivery.message() != null) {
				calls.add("intercepted");
			}
			call.run();
		});
		this.connection.start();
		this.connection.open().text("for a");
		this.connection.settle();
		// The fixture listens too, to everything
		assertThat(calls).containsExactly("received for a", "intercepted", "intercepted", "a for a");
	}

	@Test
	void observerAndListenerThatThrowCostTheOthersNothing() {
		List<String> calls = new ArrayList<>();
		this.connection.messageObserver(new Receiving(calls) {

			@Override
			public void onReceive(WebSocketConnection source, Message message) {
				throw new IllegalStateException("planned");
			}

		}).messageObserver(new Receiving(calls)).listener(new ConnectionListener() {

			@Override
			public boolean handles(WebSocketConnection source, Message message) {
				throw new IllegalStateException("planned");
			}

		}).listener(listener("a", calls));
		this.connection.start();
		this.connection.open().text("for a");
		this.connection.settle();
		assertThat(calls).containsExactly("received for a", "a for a");
		assertThat(this.connection.events(ListenerFailed.class)).hasSize(2)
			.allSatisfy((event) -> assertThat(event.onMessage()).isTrue());
	}

	private static ConnectionListener listener(String name, List<String> calls) {
		return new ConnectionListener() {

			@Override
			public boolean handles(WebSocketConnection source, Message message) {
				return ((Message.Text) message).text().endsWith(name);
			}

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				calls.add(name + " " + ((Message.Text) message).text());
			}

		};
	}

	@Test
	void heartbeatsAndFirstMessagesAreNotSeen() {
		this.connection.settings((it) -> it.onOpen(List.of("login"))).messageObserver(this.seen::add);
		open();
		this.connection.advance(Duration.ofSeconds(60));
		assertThat(this.seen).isEmpty();
	}

	private static class Receiving implements MessageObserver {

		private final List<String> calls;

		Receiving(List<String> calls) {
			this.calls = calls;
		}

		@Override
		public void onSend(Sending sending) {
		}

		@Override
		public void onReceive(WebSocketConnection source, Message message) {
			this.calls.add("received " + ((Message.Text) message).text());
		}

	}

}
