package io.github.websocketresilience.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ApplicationEventPublishingListener} and its events.
 */
class ApplicationEventPublishingListenerTests {

	private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");

	private static final Disconnect REFUSED = Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused");

	private final StubConnection connection = new StubConnection("prices");

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Recorder.class);

	private final ApplicationEventPublishingListener listener = new ApplicationEventPublishingListener(this.context,
			null);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void attemptIsPublished() {
		WebSocketStateEvent event = publish(
				new ConnectionEvent.Attempted("prices", 3, AT, ConnectionState.WAITING, "ws://localhost/test"));
		assertThat(event.connection()).isSameAs(this.connection).isSameAs(event.getSource());
		assertThat(event.from()).isEqualTo(ConnectionState.WAITING);
		assertThat(event.to()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(event.attempt()).isEqualTo(3);
		assertThat(event.cause()).isNull();
		assertThat(event.nextDelay()).isNull();
		assertThat(event.getTimestamp()).isEqualTo(AT.toEpochMilli());
		assertThat(event).hasToString("WebSocketStateEvent[prices, WAITING -> CONNECTING]");
	}

	@Test
	void retryIsPublishedWithCauseAndDelay() {
		WebSocketStateEvent event = publish(new ConnectionEvent.RetryScheduled("prices", 1, AT,
				ConnectionState.CONNECTING, Duration.ofMillis(1300), REFUSED, 1));
		assertThat(event.to()).isEqualTo(ConnectionState.WAITING);
		assertThat(event.cause()).isEqualTo(REFUSED);
		assertThat(event.nextDelay()).isEqualTo(Duration.ofMillis(1300));
	}

	@Test
	void givingUpIsPublishedWithCause() {
		WebSocketStateEvent event = publish(
				new ConnectionEvent.Closed("prices", 5, AT, ConnectionState.CONNECTING, REFUSED));
		assertThat(event.to()).isEqualTo(ConnectionState.CLOSED);
		assertThat(event.cause()).isEqualTo(REFUSED);
		assertThat(event.nextDelay()).isNull();
	}

	@Test
	void closeOnPurposeHasNoCause() {
		WebSocketStateEvent event = publish(new ConnectionEvent.Closed("prices", 5, AT, ConnectionState.CLOSING, null));
		assertThat(event.cause()).isNull();
	}

	@Test
	void eventsThatChangeNoStateAreNotPublished() {
		this.listener.onEvent(this.connection, new ConnectionEvent.HeartbeatMissed("prices", 1, AT, 1));
		this.listener.onEvent(this.connection, new ConnectionEvent.Disconnected("prices", 1, AT, REFUSED, false));
		assertThat(published()).isEmpty();
	}

	@Test
	void textIsPublished() {
		WebSocketMessageEvent event = publish(new Message.Text("h\u00e9"));
		assertThat(event.connection()).isSameAs(this.connection).isSameAs(event.getSource());
		assertThat(event.message()).isEqualTo(new Message.Text("h\u00e9"));
		assertThat(event.text()).isEqualTo("h\u00e9");
		assertThat(event.bytes()).isEqualTo("h\u00e9".getBytes(StandardCharsets.UTF_8));
		assertThat(event).hasToString("WebSocketMessageEvent[prices, Text[3 bytes]]");
	}

	@Test
	void binaryIsPublishedAndHasNoText() {
		WebSocketMessageEvent event = publish(new Message.Binary(new byte[] { 1, -2 }));
		assertThat(event.bytes()).containsExactly(1, -2);
		assertThatIllegalStateException().isThrownBy(event::text)
			.withMessage("the message is binary (2 bytes) and has no text; use 'bytes()', or ask 'message()' for its"
					+ " type");
	}

	@Test
	void eventsAndMessagesKeepTheirOrder() {
		this.listener.onEvent(this.connection,
				new ConnectionEvent.Opened("prices", 1, AT, "", Duration.ofMillis(35), Duration.ZERO));
		this.listener.onMessage(this.connection, new Message.Text("1"));
		this.listener.onMessage(this.connection, new Message.Binary(new byte[2]));
		this.listener.onEvent(this.connection, new ConnectionEvent.Closing("prices", 1, AT));
		this.listener.onMessage(this.connection, new Message.Text("333"));
		assertThat(published()).extracting(Object::toString)
			.containsExactly("WebSocketStateEvent[prices, CONNECTING -> OPEN]",
					"WebSocketMessageEvent[prices, Text[1 bytes]]", "WebSocketMessageEvent[prices, Binary[2 bytes]]",
					"WebSocketStateEvent[prices, OPEN -> CLOSING]", "WebSocketMessageEvent[prices, Text[3 bytes]]");
	}

	@Test
	void whatAListenerThrowsPasses() {
		this.context.addApplicationListener(new Thrower());
		assertThatIllegalStateException()
			.isThrownBy(() -> this.listener.onMessage(this.connection, new Message.Text("1")))
			.withMessage("listener");
	}

	@Test
	void nothingHappensAfterTheContextWasClosed() {
		List<ApplicationEvent> published = published();
		this.context.close();
		this.listener.onMessage(this.connection, new Message.Text("1"));
		this.listener.onEvent(this.connection, new ConnectionEvent.Closing("prices", 1, AT));
		assertThat(published).isEmpty();
	}

	private WebSocketStateEvent publish(ConnectionEvent event) {
		this.listener.onEvent(this.connection, event);
		assertThat(published()).singleElement().isInstanceOf(WebSocketStateEvent.class);
		return (WebSocketStateEvent) published().get(0);
	}

	private WebSocketMessageEvent publish(Message message) {
		this.listener.onMessage(this.connection, message);
		assertThat(published()).singleElement().isInstanceOf(WebSocketMessageEvent.class);
		return (WebSocketMessageEvent) published().get(0);
	}

	private List<ApplicationEvent> published() {
		return this.context.getBean(Recorder.class).events;
	}

	static class Recorder {

		private final List<ApplicationEvent> events = new ArrayList<>();

		@EventListener
		void on(WebSocketStateEvent event) {
			this.events.add(event);
		}

		@EventListener
		void on(WebSocketMessageEvent event) {
			this.events.add(event);
		}

	}

	static class Thrower implements ApplicationListener<WebSocketMessageEvent> {

		@Override
		public void onApplicationEvent(WebSocketMessageEvent event) {
			throw new IllegalStateException("listener");
		}

	}

}
