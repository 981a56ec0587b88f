package io.github.websocketresilience.test.faults.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.Opcode;
import io.github.websocketresilience.test.ReceivedFrame;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import io.github.websocketresilience.test.interoperability.LoadClient;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application whose sockets meet one case each. Every socket begins with a greeting of
 * its own; after a case another message follows, which shows that the socket stayed, or
 * that nothing is taken any more.
 */
final class ProtocolClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** The text on which the application closes, and starts again when it is closed. */
	static final String CLOSE_REQUEST = "please close";

	private static final String AFTERWARDS = "afterwards";

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	/** Messages and disconnects, in the order in which a listener is told. */
	private final List<Object> told = new CopyOnWriteArrayList<>();

	private final LoadClient client;

	private final boolean greeted;

	/**
	 * Start the application, open.
	 * @param greeted whether the socket of a case has its greeting before the case
	 * @param properties what is configured besides
	 */
	ProtocolClient(boolean greeted, String... properties) {
		this.greeted = greeted;
		this.server.otherAttempts().then(ProtocolClient::greet);
		List<String> all = new ArrayList<>(List.of("reconnect.delay=10ms", "reconnect.max-delay=10ms",
				"reconnect.jitter=0", "connect-timeout=3s", "close-timeout=1s"));
		all.addAll(List.of(properties));
		this.client = LoadClient.open(this.server.uri().toString(), new Listener(), all.toArray(String[]::new));
		awaitGreeting(1);
	}

	private static void greet(ServerConnection connection) {
		connection.sendText(greeting(connection.number()));
	}

	private static String greeting(int number) {
		return "socket " + number;
	}

	/**
	 * Let the next socket meet a case.
	 * @return what came of it
	 */
	Outcome meet(ProtocolCase protocolCase) {
		int number = this.server.attempts() + 1;
		AttemptScript script = this.server.attempt(number);
		if (this.greeted) {
			// What a case sends is not to come with the answer to the upgrade.
			script.sendText(greeting(number)).thenAfter(Duration.ofMillis(10));
		}
		protocolCase.script().accept(script);
		if (!isUnfollowed(protocolCase.demanded().kind())) {
			script.sendText(AFTERWARDS);
		}
		this.told.clear();
		this.client.connection().reconnect();
		patiently("the end of " + protocolCase)
			.until(() -> this.told.contains(text(AFTERWARDS)) || disconnect().isPresent());
		ServerConnection connection = this.server.connection(number);
		Disconnect disconnect = disconnect().orElse(null);
		if (disconnect == null) {
			assertStays(connection);
		}
		else {
			awaitEnd(connection);
			assertReplaced(number);
		}
		return Outcome.of(delivered(number, disconnect), disconnect, connection.closeCode().orElse(null),
				pongs(connection));
	}

	/**
	 * What ends like this would be disturbed by a message behind it: the container may
	 * read it before it has sent our 1009, and it breaks a message that is unfinished.
	 */
	private static boolean isUnfollowed(@Nullable Kind kind) {
		return kind == Kind.CLOSE_REQUESTED || kind == Kind.HEARTBEAT_TIMEOUT || kind == Kind.MESSAGE_TOO_BIG;
	}

	private Optional<Disconnect> disconnect() {
		return this.told.stream().filter(Disconnect.class::isInstance).map(Disconnect.class::cast).findFirst();
	}

	private void assertStays(ServerConnection connection) {
		connection.ping(AFTERWARDS)
			.awaitFrame((frame) -> frame.opcode() == Opcode.PONG && frame.text().equals(AFTERWARDS), PATIENCE);
		assertThat(this.server.attempts()).isEqualTo(connection.number());
	}

	/**
	 * Wait for the end of TCP. A server that plays dead sees it when it writes.
	 */
	private static void awaitEnd(ServerConnection connection) {
		long begin = System.nanoTime();
		patiently("the end of " + connection).until(() -> connection.hasEnded()
				|| (System.nanoTime() - begin > PATIENCE.toNanos() / 20 && isNudged(connection)));
	}

	private static boolean isNudged(ServerConnection connection) {
		return connection.sendText("anybody there").hasEnded();
	}

	private void assertReplaced(int number) {
		awaitGreeting(number + 1);
		this.client.connection().send("after " + number);
		this.server.connection(number + 1).awaitText("after " + number, PATIENCE);
		assertThat(this.server.attempts()).isEqualTo(number + 1);
	}

	private void awaitGreeting(int number) {
		Message greeting = text(greeting(number));
		patiently(greeting(number)).until(() -> this.told.contains(greeting));
	}

	/**
	 * Return what the case has delivered, between its greeting and its end.
	 */
	private List<Message> delivered(int number, @Nullable Disconnect disconnect) {
		List<Object> all = List.copyOf(this.told);
		int end = all.indexOf((disconnect != null) ? disconnect : text(AFTERWARDS));
		assertThat(all.subList(end + 1, all.size())).as("told after the end")
			.isEqualTo((disconnect != null) ? List.of(text(greeting(number + 1))) : List.of());
		boolean opened = disconnect == null || !disconnect.openFor().isZero();
		if (this.greeted && opened) {
			assertThat(all.get(0)).isEqualTo(text(greeting(number)));
		}
		return all.subList((this.greeted && opened) ? 1 : 0, end).stream().map(Message.class::cast).toList();
	}

	private static List<String> pongs(ServerConnection connection) {
		return connection.frames()
			.stream()
			.filter((frame) -> frame.opcode() == Opcode.PONG)
			.map(ReceivedFrame::text)
			.filter((payload) -> !payload.equals(AFTERWARDS))
			.toList();
	}

	private static ConditionFactory patiently(String what) {
		return await(what).dontCatchUncaughtExceptions().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE);
	}

	private static Message text(String text) {
		return new Message.Text(text);
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close();
	}

	private final class Listener implements ConnectionListener {

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			ProtocolClient.this.told.add(message);
			if (message.equals(text(CLOSE_REQUEST))) {
				connection.close().thenRun(connection::start);
			}
		}

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			if (event instanceof ConnectionEvent.Disconnected disconnected
					&& disconnected.disconnect().kind() != Kind.RECONNECT_REQUESTED) {
				ProtocolClient.this.told.add(disconnected.disconnect());
			}
		}

	}

}
