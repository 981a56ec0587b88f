package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionEvent.FeedSilent;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Silence}: the peer answers every heartbeat, but no message comes for a
 * minute.
 */
class SilenceTests {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings.ignore(List.of(Pattern.compile("noise")))
			.autoReplies(List.of(new AutoReply(Pattern.compile("beat"), "answer")))
			.inbound(inbound(Dispatch.QUEUED, OnSilence.REPORT)));

	private long pings;

	@Test
	void silenceIsToldExactlyAfterTheOpen() {
		ManualSocket socket = open();
		Instant opened = now();
		almost(socket);
		assertThat(told()).isEmpty();
		assertThat(silentSince()).isNull();
		this.connection.nano();
		assertThat(told()).extracting(FeedSilent::silence).containsExactly(LONGEST);
		assertThat(silentSince()).isEqualTo(opened);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.connection.heard()).contains("FeedSilent");
	}

	@Test
	void timeOfTheHandshakeIsNoSilence() {
		this.connection.start();
		this.connection.advance(Duration.ofSeconds(5));
		ManualSocket socket = this.connection.open();
		almost(socket);
		this.connection.nano();
		assertThat(told()).extracting(FeedSilent::silence).containsExactly(LONGEST);
	}

	@Test
	void silenceIsToldExactlyAfterTheLastMessage() {
		ManualSocket socket = open();
		pass(socket, Duration.ofSeconds(59));
		socket.text("one");
		pass(socket, Duration.ofSeconds(30));
		socket.engine().binary(new byte[1]);
		Instant last = now();
		almost(socket);
		assertThat(told()).isEmpty();
		this.connection.nano();
		assertThat(told()).extracting(FeedSilent::silence).containsExactly(LONGEST);
		assertThat(silentSince()).isEqualTo(last);
	}

	@Test
	void oneSilenceIsToldOnce() {
		ManualSocket socket = open();
		pass(socket, Duration.ofHours(1));
		assertThat(told()).hasSize(1);
		socket.text("one");
		assertThat(silentSince()).as("until the next message").isNull();
		almost(socket);
		assertThat(told()).hasSize(1);
		this.connection.nano();
		assertThat(told()).as("the next silence").hasSize(2);
		assertThat(silentSince()).isEqualTo(now().minus(LONGEST));
	}

	@Test
	void automaticTrafficIsNoMessage() {
		ManualSocket socket = open();
		pass(socket, Duration.ofSeconds(50));
		socket.text("noise");
		socket.text("beat");
		socket.engine().piece();
		this.connection.advance(Duration.ofSeconds(10));
		assertThat(told()).hasSize(1);
		socket.text("noise");
		assertThat(silentSince()).isNotNull();
	}

	@Test
	void replyToARequestIsAMessage() {
		this.connection.json(new FlatJson())
			.settings((settings) -> settings.request(new Request("/id", null, Duration.ofSeconds(10), 3)));
		ManualSocket socket = open();
		pass(socket, Duration.ofSeconds(50));
		this.connection.engine().request("{}");
		this.connection.settle();
		socket.text("{\"/id\":1}");
		almost(socket);
		assertThat(told()).isEmpty();
		this.connection.nano();
		assertThat(told()).hasSize(1);
	}

	@Test
	void socketIsReplacedIfAskedFor() {
		this.connection.settings((settings) -> settings.inbound(inbound(Dispatch.QUEUED, OnSilence.RECONNECT)));
		ManualSocket socket = open();
		almost(socket);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(told()).hasSize(1);
		Disconnect disconnect = Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
		assertThat(disconnect.kind()).isEqualTo(Kind.SILENCE);
		assertThat(disconnect.initiator()).isEqualTo(Initiator.US);
		assertThat(disconnect.openFor()).isEqualTo(LONGEST);
		assertThat(disconnect.text()).contains("no message for 60");
		assertThat(this.connection.events(RetryScheduled.class)).singleElement()
			.satisfies((event) -> assertThat(event.delay()).isEqualTo(Duration.ofSeconds(1)));
		assertThat(silentSince()).as("of a socket").isNull();
		assertThat(this.connection.clock().pending()).containsExactly("retry");
		assertThat(this.connection.transport().calls()).endsWith("#1 abort 1001");
	}

	@Test
	void timeInWhichReadingIsPausedDoesNotCount() {
		this.connection.settings((settings) -> settings.maxMessageSize(10)
			.inbound(new Inbound(1, 10, InboundOverflow.PAUSE, Dispatch.QUEUED, LONGEST, OnSilence.REPORT)));
		ManualSocket socket = open();
		this.connection.blockListeners();
		socket.text("one");
		this.connection.advance(Duration.ofMinutes(10));
		assertThat(told()).isEmpty();
		this.connection.releaseListeners();
		almost(socket);
		assertThat(told()).isEmpty();
		this.connection.nano();
		assertThat(told()).extracting(FeedSilent::silence).containsExactly(LONGEST);
	}

	@Test
	void timeInWhichTheReaderRunsAListenerDoesNotCount() {
		this.connection.settings((settings) -> settings.inbound(inbound(Dispatch.DIRECT, OnSilence.REPORT)))
			.listener(new ConnectionListener() {

				@Override
				public void onMessage(WebSocketConnection source, Message message) {
					SilenceTests.this.connection
						.advance(Duration.parse("PT" + ((Message.Text) message).text().toUpperCase()));
				}

			});
		ManualSocket socket = open();
		socket.text("10m");
		assertThat(told()).isEmpty();
		almost(socket);
		assertThat(told()).as("noticed").isEmpty();
		this.connection.nano();
		assertThat(told()).hasSize(1);
		socket.text("30s");
		almost(socket);
		assertThat(told()).as("not noticed").hasSize(1);
		this.connection.nano();
		assertThat(told()).hasSize(2);
	}

	@Test
	void nothingIsToldWithoutALimit() {
		this.connection.settings((settings) -> settings.inbound(new Inbound(10, 2_000_000, InboundOverflow.PAUSE)));
		ManualSocket socket = open();
		assertThat(this.connection.clock().pending()).doesNotContain("silence");
		pass(socket, Duration.ofHours(1));
		assertThat(told()).isEmpty();
		assertThat(silentSince()).isNull();
	}

	@Test
	void everySocketIsJudgedFromItsOwnOpen() {
		ManualSocket socket = open();
		pass(socket, Duration.ofSeconds(59));
		this.connection.engine().reconnect();
		assertThat(this.connection.clock().pending()).doesNotContain("silence");
		ManualSocket next = this.connection.open();
		this.pings = 0;
		almost(next);
		assertThat(told()).isEmpty();
		this.connection.nano();
		assertThat(told()).hasSize(1);
	}

	@Test
	void closingIsNotJudged() {
		open();
		this.connection.engine().close();
		assertThat(this.connection.clock().pending()).doesNotContain("silence");
		assertThat(silentSince()).isNull();
	}

	private static Inbound inbound(Dispatch dispatch, OnSilence onSilence) {
		return new Inbound(10, 2_000_000, InboundOverflow.PAUSE, dispatch, LONGEST, onSilence);
	}

	private ManualSocket open() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.settle();
		return socket;
	}

	/**
	 * Let time pass until one nanosecond before the limit.
	 */
	private void almost(ManualSocket socket) {
		pass(socket, LONGEST.minusNanos(1));
	}

	/**
	 * Let time pass in which the peer answers heartbeats.
	 */
	private void pass(ManualSocket socket, Duration duration) {
		Duration left = duration;
		while (left.compareTo(Duration.ofSeconds(5)) > 0) {
			this.connection.advance(Duration.ofSeconds(5));
			left = left.minusSeconds(5);
			while (socket.written().contains("ping " + (this.pings + 1))) {
				socket.pong(++this.pings);
			}
		}
		this.connection.advance(left);
	}

	private List<FeedSilent> told() {
		return this.connection.events(FeedSilent.class);
	}

	private @Nullable Instant silentSince() {
		return this.connection.engine().snapshot().silentSince();
	}

	private Instant now() {
		return this.connection.clock().now();
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

}
