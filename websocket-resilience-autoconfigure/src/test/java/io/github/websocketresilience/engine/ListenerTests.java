package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.EventsSkipped;
import io.github.websocketresilience.ConnectionEvent.InternalError;
import io.github.websocketresilience.ConnectionEvent.ListenerFailed;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deliverer} and {@link Observers}: what listeners and observers are
 * told, and what becomes of what they throw.
 */
class ListenerTests {

	private final TestConnection connection = new TestConnection();

	private final List<String> told = new ArrayList<>();

	@Test
	void everyListenerIsToldEverythingInOrder() {
		this.connection.listener(new Teller("a")).listener(new Teller("b"));
		open().text("one");
		this.connection.settle();
		assertThat(this.told).containsExactly("a Attempted", "b Attempted", "a Opened", "b Opened", "a one", "b one");
	}

	@Test
	void listenerIsToldNoMessageThatItDoesNotHandle() {
		this.connection.listener(new Teller("a") {

			@Override
			public boolean handles(WebSocketConnection source, Message message) {
				return message.equals(new Message.Text("two"));
			}

		});
		ManualSocket socket = open();
		socket.text("one");
		socket.text("two");
		this.connection.settle();
		assertThat(this.told).containsExactly("a Attempted", "a Opened", "a two");
	}

	@Test
	void listenerThatCannotSayWhetherItHandlesAMessageIsNotToldIt() {
		this.connection.listener(new Teller("a") {

			@Override
			public boolean handles(WebSocketConnection source, Message message) {
				throw new AssertionError("secret");
			}

		});
		open().text("one");
		this.connection.settle();
		assertThat(this.told).containsExactly("a Attempted", "a Opened", "a ListenerFailed");
	}

	@Test
	void listenerThatThrowsLosesItsOwnMessageOnly() {
		this.connection.listener(new Teller("a") {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				throw new AssertionError("secret");
			}

		}).listener(new Teller("b"));
		open().text("one");
		this.connection.settle();
		assertThat(this.told).endsWith("b one", "a ListenerFailed", "b ListenerFailed");
		assertThat(this.connection.events(ListenerFailed.class)).singleElement().satisfies((event) -> {
			assertThat(event.onMessage()).isTrue();
			assertThat(event.failure()).hasMessage("secret");
			assertThat(event.listener()).startsWith(ListenerTests.class.getName());
		});
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void failureWithAnEventIsToldToObserversOnly() {
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onEvent(WebSocketConnection source, ConnectionEvent event) {
				throw new IllegalStateException("bug");
			}

		});
		open();
		assertThat(this.connection.events(ListenerFailed.class)).hasSize(2)
			.allSatisfy((event) -> assertThat(event.onMessage()).isFalse());
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened");
	}

	@Test
	void failureWithAMessageAfterClosedIsToldToObserversOnly() {
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				throw new IllegalStateException("bug");
			}

		});
		ManualSocket socket = open();
		this.connection.blockListeners();
		socket.text("one");
		this.connection.engine().close();
		socket.peerCloses(1000);
		this.connection.releaseListeners();
		assertThat(this.connection.events(ListenerFailed.class)).hasSize(1);
		assertThat(this.connection.heard()).endsWith("one", "Closing", "Disconnected", "Closed");
	}

	@Test
	void interceptorsWrapEachCallTheFirstOneOutermost() {
		this.connection.listener(new Teller("a")).interceptor((delivery, call) -> {
			this.told.add("<" + (delivery.message() != null) + (delivery.event() != null));
			call.run();
			this.told.add(">");
		}).interceptor((delivery, call) -> {
			this.told.add("(" + delivery.connection().name());
			call.run();
			this.told.add(")");
		});
		ManualSocket socket = open();
		this.told.clear();
		socket.text("one");
		this.connection.settle();
		assertThat(this.told).containsExactly("<truefalse", "(prices", ")", ">", "<truefalse", "(prices", "a one", ")",
				">");
	}

	@Test
	void interceptorThatThrowsIsAFailureOfTheCall() {
		this.connection.interceptor((delivery, call) -> {
			call.run();
			throw new IllegalStateException("bug");
		});
		open().text("one");
		this.connection.settle();
		assertThat(this.connection.heard()).contains("one");
		assertThat(this.connection.events(ListenerFailed.class)).hasSize(4);
	}

	@Test
	void observersAreNotDelayedByListeners() {
		this.connection.blockListeners();
		open();
		assertThat(this.connection.events()).hasSize(2);
		assertThat(this.connection.heard()).isEmpty();
	}

	@Test
	void observerThatThrowsIsToldToTheOthersOnce() {
		ConnectionObserver failing = (event) -> {
			throw new IllegalStateException("bug");
		};
		this.connection.observer(failing);
		this.connection.start();
		assertThat(this.connection.events()).hasSize(2);
		assertThat(this.connection.events(InternalError.class)).singleElement().satisfies((event) -> {
			assertThat(event.text()).startsWith("observer " + ListenerTests.class.getName()).endsWith(" failed");
			assertThat(event.failure()).hasMessage("bug");
		});
		assertThat(this.connection.heard()).containsExactly("Attempted");
	}

	@Test
	void longQueuesAreDeliveredInSeveralTurns() {
		ManualSocket socket = open();
		this.connection.blockListeners();
		for (int i = 0; i < 200; i++) {
			socket.text("m" + i);
		}
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).hasSize(202).endsWith("m198", "m199");
	}

	@Test
	void tooManyEventsFoldIntoOneThatCountsThem() {
		List<EventsSkipped> skipped = new ArrayList<>();
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onEvent(WebSocketConnection source, ConnectionEvent event) {
				if (event instanceof EventsSkipped summary) {
					skipped.add(summary);
				}
			}

		}).start();
		this.connection.blockListeners();
		for (int i = 0; i < 400; i++) {
			this.connection.transport().attempt().fails(Disconnect.of(Kind.CONNECT_FAILED, "refused"));
			this.connection.advance(Duration.ofSeconds(30));
		}
		assertThat(this.connection.engine().waitingEvents()).isEqualTo(1001);
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).hasSize(1 + 1001);
		assertThat(this.connection.heard().get(1)).isEqualTo("EventsSkipped");
		assertThat(skipped).singleElement()
			.satisfies((event) -> assertThat(event.counts()).containsExactlyInAnyOrderEntriesOf(
					Map.of("Attempted", 66L, "Disconnected", 67L, "RetryScheduled", 67L)));
		assertThat(this.connection.events()).as("observers miss none").hasSize(1 + 400 * 3);
	}

	@Test
	void foldedEventsKeepTheirPlaceAmongMessages() {
		ManualSocket socket = open();
		this.connection.blockListeners();
		socket.text("before");
		socket.breaks();
		for (int i = 0; i < 400; i++) {
			this.connection.advance(Duration.ofSeconds(30));
			this.connection.transport().attempt().fails(Disconnect.of(Kind.CONNECT_FAILED, "refused"));
		}
		this.connection.advance(Duration.ofSeconds(30));
		this.connection.open().text("after");
		this.connection.releaseListeners();
		assertThat(this.connection.heard().subList(2, 4)).containsExactly("before", "EventsSkipped");
		assertThat(this.connection.heard()).endsWith("Attempted", "Opened", "after");
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private class Teller implements ConnectionListener {

		private final String name;

		Teller(String name) {
			this.name = name;
		}

		@Override
		public void onEvent(WebSocketConnection source, ConnectionEvent event) {
			ListenerTests.this.told.add(this.name + " " + event.getClass().getSimpleName());
		}

		@Override
		public void onMessage(WebSocketConnection source, Message message) {
			ListenerTests.this.told.add(this.name + " " + ((Message.Text) message).text());
		}

	}

}
