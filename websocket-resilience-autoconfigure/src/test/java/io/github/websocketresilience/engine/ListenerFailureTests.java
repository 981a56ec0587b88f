package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.ListenerFailed;
import io.github.websocketresilience.ConnectionEvent.MessageUnreadable;
import io.github.websocketresilience.ConnectionEvent.Opened;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deliverer}: what the throwable of a listener says of itself.
 */
class ListenerFailureTests {

	private static final int DEEPEST = 16;

	private final TestConnection connection = new TestConnection().listener(new ConnectionListener() {

		@Override
		public void onEvent(WebSocketConnection source, ConnectionEvent event) {
			if (event instanceof Opened) {
				throwNext();
			}
		}

		@Override
		public void onMessage(WebSocketConnection source, Message message) {
			throwNext();
		}

	});

	private final List<RuntimeException> next = new ArrayList<>();

	private final UnreadableMessageException unreadable = new UnreadableMessageException("Price",
			new Message.Text("no price"), new IllegalStateException("no JSON"));

	@Test
	void failureOfAListenerMethodHasItsName() {
		fail(new ListenerMethodException("Prices.on", new IllegalStateException("bug")));
		assertThat(failures()).containsExactly("Prices.on: bug");
	}

	@Test
	void everyFailureWithOneMessageIsTold() {
		RuntimeException first = new ListenerMethodException("Prices.on", new IllegalStateException("first"));
		first.addSuppressed(new ListenerMethodException("Alerts.on", new IllegalStateException("second")));
		first.addSuppressed(new IllegalStateException("third"));
		fail(first);
		assertThat(failures()).containsExactly("Prices.on: first", "Alerts.on: second",
				getClass().getName() + "$1: third");
		assertThat(this.connection.heard()).endsWith("message", "ListenerFailed", "ListenerFailed", "ListenerFailed");
	}

	@Test
	void failuresThatSuppressOneAnotherAreToldOnceEach() {
		RuntimeException first = new ListenerMethodException("Prices.on", new IllegalStateException("first"));
		RuntimeException second = new ListenerMethodException("Alerts.on", new IllegalStateException("second"));
		first.addSuppressed(second);
		second.addSuppressed(first);
		fail(first);
		assertThat(failures()).containsExactly("Prices.on: first", "Alerts.on: second");
		this.connection.transport().attempt().socket().text("next");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("next");
	}

	@Test
	void suppressedOfOrdinaryFailuresAreTheirOwnAffair() {
		RuntimeException failure = new IllegalStateException("bug");
		failure.addSuppressed(new IllegalStateException("of a close"));
		fail(failure);
		assertThat(failures()).containsExactly(getClass().getName() + "$1: bug");
	}

	@Test
	void messageThatCannotBeReadIsToldAsSuch() {
		fail(this.unreadable);
		assertUnreadable(getClass().getName() + "$1");
		this.connection.transport().attempt().socket().text("next");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("message", "MessageUnreadable", "next");
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void messageThatAListenerMethodCannotReadIsToldAsSuch() {
		fail(new ListenerMethodException("Prices.on", this.unreadable));
		assertUnreadable("Prices.on");
	}

	@Test
	void unreadableAndFailedMethodsAreToldSideBySide() {
		RuntimeException first = new ListenerMethodException("Prices.on", this.unreadable);
		first.addSuppressed(new ListenerMethodException("Alerts.on", new IllegalStateException("second")));
		fail(first);
		assertThat(this.connection.heard()).endsWith("message", "MessageUnreadable", "ListenerFailed");
		assertThat(failures()).containsExactly("Alerts.on: second");
	}

	@Test
	void causesAreFollowedAsDeepAsIsSensible() {
		fail(nested(DEEPEST - 1));
		assertUnreadable(getClass().getName() + "$1");
	}

	@Test
	void causesAreNotFollowedForEver() {
		fail(nested(DEEPEST));
		assertThat(this.connection.events(MessageUnreadable.class)).isEmpty();
		assertThat(failures()).hasSize(1);
	}

	@Test
	void causesThatGoInACircleEnd() {
		RuntimeException first = new IllegalStateException("first");
		first.initCause(new IllegalStateException("second", first));
		fail(first);
		assertThat(failures()).hasSize(1);
	}

	@Test
	void eventIsNoMessageThatCannotBeRead() {
		this.next.add(this.unreadable);
		open();
		assertThat(this.connection.events(MessageUnreadable.class)).isEmpty();
		assertThat(this.connection.events(ListenerFailed.class)).singleElement().satisfies((event) -> {
			assertThat(event.onMessage()).isFalse();
			assertThat(event.failure()).isSameAs(this.unreadable);
		});
	}

	@Test
	void unreadableMessageAfterClosedIsToldToObserversOnly() {
		ManualSocket socket = open();
		this.next.add(this.unreadable);
		this.connection.blockListeners();
		socket.text("message");
		this.connection.engine().close();
		socket.peerCloses(1000);
		this.connection.releaseListeners();
		assertUnreadable(getClass().getName() + "$1");
		assertThat(this.connection.heard()).endsWith("message", "Closing", "Disconnected", "Closed");
	}

	private void assertUnreadable(String listener) {
		assertThat(this.connection.events(ListenerFailed.class)).isEmpty();
		assertThat(this.connection.events(MessageUnreadable.class)).singleElement().satisfies((event) -> {
			assertThat(event.listener()).isEqualTo(listener);
			assertThat(event.cause()).isSameAs(this.unreadable);
		});
	}

	private RuntimeException nested(int depth) {
		RuntimeException result = this.unreadable;
		for (int i = 0; i < depth; i++) {
			result = new IllegalStateException("wrapped", result);
		}
		return result;
	}

	private void throwNext() {
		if (!this.next.isEmpty()) {
			throw this.next.remove(0);
		}
	}

	private void fail(RuntimeException failure) {
		ManualSocket socket = open();
		this.next.add(failure);
		socket.text("message");
		this.connection.settle();
	}

	private ManualSocket open() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.settle();
		return socket;
	}

	private List<String> failures() {
		return this.connection.events(ListenerFailed.class)
			.stream()
			.map((event) -> event.listener() + ": " + event.failure().getMessage())
			.toList();
	}

}
