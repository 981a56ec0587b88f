package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.ConnectionEvent.HeartbeatAnswered;
import io.github.websocketresilience.ConnectionEvent.HeartbeatMissed;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Pulse}: what proves life, and what a reply tells.
 */
class HeartbeatProofTests {

	private static final Reply PONG = new Reply("pong", null, null, Map.of());

	private final TestConnection connection = new TestConnection();

	@Test
	void replyToAPingIsThePongWithItsPayload() {
		ManualSocket socket = open(null, Reply.DEFAULT);
		beat();
		socket.pong(2);
		socket.engine().pong(new byte[0]);
		assertThat(answers()).isEmpty();
		this.connection.advance(Duration.ofMillis(20));
		socket.pong(1);
		socket.pong(1);
		assertThat(answers()).containsExactly(Duration.ofMillis(20));
		assertThat(this.connection.heard()).doesNotContain("binary 8");
	}

	@Test
	void pongIsNoReplyToATextAndATextNoReplyToAPing() {
		ManualSocket socket = open("ping", PONG);
		beat();
		socket.pong(1);
		assertThat(answers()).isEmpty();
		TestConnection other = new TestConnection();
		other.start();
		ManualSocket pinged = other.open();
		other.advance(Duration.ofSeconds(25));
		pinged.text("ping 1");
		other.settle();
		assertThat(other.heard()).contains("ping 1");
	}

	@Test
	void roundTripTimeRunsFromTheBeginOfTheWriteToTheReply() {
		this.connection.transport().hold();
		ManualSocket socket = open("ping", PONG);
		this.connection.advance(Duration.ofSeconds(26));
		socket.take();
		this.connection.advance(Duration.ofMillis(3));
		socket.text("pong");
		socket.flush();
		socket.done(null);
		this.connection.advance(Duration.ofMillis(1));
		assertThat(answers()).containsExactly(Duration.ofMillis(3));
		assertThat(this.connection.engine().snapshot().roundTripTime()).isEqualTo(Duration.ofMillis(3));
		this.connection.almost(Duration.ofSeconds(25));
		assertThat(this.connection.engine().state()).as("proven before it was flushed").isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void endTellsHowManyHeartbeatsWereAnswered() {
		ManualSocket socket = open("ping", PONG);
		beat();
		socket.text("pong");
		beat();
		socket.text("pong");
		this.connection.advance(Duration.ofSeconds(35));
		Disconnected end = this.connection.events(Disconnected.class).get(0);
		assertThat(end.disconnect().heartbeatsAnswered()).isEqualTo(2);
		assertThat(end.disconnect().text()).isEqualTo("no proof of life for 10s after 2 answered heartbeats");
	}

	@Test
	void underProofReplyOtherTrafficNeitherPostponesNorProves() {
		ManualSocket socket = open("ping", PONG, Proof.REPLY);
		this.connection.advance(Duration.ofSeconds(10));
		socket.text("a message");
		socket.engine().piece();
		socket.engine().pong(new byte[0]);
		this.connection.almost(Duration.ofSeconds(15));
		assertThat(socket.written()).isEmpty();
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping");
		socket.text("a message");
		socket.engine().binary(new byte[1]);
		this.connection.almost(Duration.ofSeconds(10));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	@Test
	void underProofReplyAReplyProves() {
		ManualSocket socket = open("ping", PONG, Proof.REPLY);
		this.connection.advance(Duration.ofSeconds(25));
		this.connection.almost(Duration.ofSeconds(10));
		socket.text("pong");
		this.connection.almost(Duration.ofSeconds(25));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
		assertThat(socket.written()).containsExactly("ping");
	}

	@Test
	void underProofReplyAPongProvesWhenItIsThePings() {
		ManualSocket socket = open(null, Reply.DEFAULT, Proof.REPLY);
		beat();
		socket.pong(1);
		this.connection.advance(Duration.ofSeconds(10));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
		this.connection.advance(Duration.ofSeconds(15));
		socket.pong(1);
		this.connection.advance(Duration.ofSeconds(10));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	@Test
	void errorInMatchingEndsTheSocket() {
		this.connection.json(new FlatJson() {

			@Override
			String valueAt(String json, String pointer) {
				throw new StackOverflowError();
			}

		});
		ManualSocket socket = open("ping", new Reply(null, null, null, Map.of("/op", "pong")));
		beat();
		socket.text("{\"/op\":\"secret\"}");
		this.connection.settle();
		Disconnected end = this.connection.events(Disconnected.class).get(0);
		assertThat(end.disconnect().kind()).isEqualTo(Kind.PATTERN_FAILED);
		assertThat(end.disconnect().exception()).isEqualTo(StackOverflowError.class.getName());
		assertThat(end.disconnect().text()).doesNotContain("secret");
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	@Test
	void proofThatComesWhileTheNextHeartbeatWaitsToBeWrittenForgivesTheMissedOne() {
		this.connection.transport().hold();
		this.connection
			.settings((settings) -> settings.heartbeat(
					new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), 2, null, Reply.DEFAULT, Proof.ANY)))
			.start();
		ManualSocket socket = this.connection.open();
		this.connection.advance(Duration.ofSeconds(25));
		socket.writeAll();
		this.connection.engine().send("one");
		socket.take();
		socket.flush();
		this.connection.advance(Duration.ofSeconds(10));
		socket.text("proof");
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(socket.take()).isEqualTo("ping 2");
		socket.flush();
		this.connection.advance(Duration.ofSeconds(10));
		assertThat(this.connection.events(HeartbeatMissed.class)).extracting(HeartbeatMissed::missed)
			.containsExactly(1, 1);
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void pointersAreReadOnceAndNotForEachText() {
		AtomicInteger read = new AtomicInteger();
		this.connection.json(new FlatJson() {

			@Override
			public Place at(String pointer) {
				read.incrementAndGet();
				return super.at(pointer);
			}

		});
		ManualSocket socket = open("ping", new Reply(null, null, null, Map.of("/op", "pong")));
		beat();
		socket.text("{\"/op\":\"other\"}");
		socket.text("{\"/op\":\"pong\"}");
		this.connection.settle();
		assertThat(this.connection.events(HeartbeatAnswered.class)).hasSize(1);
		assertThat(read).hasValue(1);
	}

	@Test
	void replyInJsonNeedsAReader() {
		TestConnection without = new TestConnection().settings((settings) -> settings
			.heartbeat(heartbeat("ping", new Reply(null, null, null, Map.of("/op", "pong")), Proof.ANY)));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(without::engine)
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("heartbeat.reply.json"));
	}

	private ManualSocket open(@Nullable String message, Reply reply) {
		return open(message, reply, Proof.ANY);
	}

	private ManualSocket open(@Nullable String message, Reply reply, Proof proof) {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat(message, reply, proof))).start();
		return this.connection.open();
	}

	private static Heartbeat heartbeat(@Nullable String message, Reply reply, Proof proof) {
		return new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), 1, message, reply, proof);
	}

	/**
	 * Let the next heartbeat go out.
	 */
	private void beat() {
		this.connection.advance(Duration.ofSeconds(25));
	}

	private List<Duration> answers() {
		this.connection.settle();
		return this.connection.events(HeartbeatAnswered.class).stream().map(HeartbeatAnswered::roundTripTime).toList();
	}

}
