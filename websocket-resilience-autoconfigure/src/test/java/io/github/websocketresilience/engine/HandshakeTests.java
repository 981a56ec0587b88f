package io.github.websocketresilience.engine;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.ConnectionEvent.Opened;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what each attempt asks customizers for, and for what comes first on a socket.
 */
class HandshakeTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void everyAttemptBeginsWithTheSettings() {
		this.connection.settings((settings) -> settings.handshake(
				new Handshake(Map.of("v", "2"), Map.of("X-Key", "secret"), List.of("stomp"), Duration.ofSeconds(10))));
		HandshakeRequest first = join(this.connection.start().prepares());
		assertThat(first.attempt()).isEqualTo(1);
		assertThat(first.lastDisconnect()).isNull();
		assertThat(first.uri()).hasToString("ws://feed.example.com/ws?v=2");
		assertThat(first.headers()).containsEntry("x-key", "secret");
		assertThat(first.subprotocols()).containsExactly("stomp");
		Disconnect refused = Disconnect.refused(401, null);
		this.connection.transport().attempt().fails(refused);
		this.connection.advance(Duration.ofSeconds(30));
		HandshakeRequest second = join(this.connection.transport().attempt().prepares());
		assertThat(second.attempt()).isEqualTo(2);
		assertThat(second.lastDisconnect()).isEqualTo(refused);
	}

	@Test
	void customizersChangeItInOrder() {
		this.connection.customizer((request) -> {
			request.header("Authorization", "one").url(URI.create("wss://user:pw@other.example.com/path?token=secret"));
			return null;
		}).customizer((request) -> {
			request.header("authorization", request.headers().get("Authorization") + " two");
			return null;
		});
		HandshakeRequest request = join(this.connection.start().prepares());
		assertThat(request.headers()).containsOnly(Map.entry("Authorization", "one two"));
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("wss://other.example.com/path");
	}

	@Test
	void urlIsThatOfTheSettingsUntilAnAttemptIsPrepared() {
		this.connection.settings((settings) -> settings.url(URI.create("ws://user:pw@feed.example.com/ws?token=t")));
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("ws://feed.example.com/ws");
	}

	@Test
	void firstMessagesPrecedeOnOpenWhichPrecedesWhatIsQueued() {
		this.connection.settings((settings) -> settings.onOpen(List.of("subscribe a", "subscribe b")))
			.customizer((request) -> {
				request.firstMessage("login " + request.attempt());
				return null;
			});
		this.connection.engine().send("queued");
		this.connection.start();
		ManualSocket socket = this.connection.open();
		assertThat(socket.written()).containsExactly("login 1", "subscribe a", "subscribe b", "queued");
		assertThat(this.connection.engine().snapshot().sent().messages()).isEqualTo(1);
		socket.breaks();
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(this.connection.open().written()).containsExactly("login 2", "subscribe a", "subscribe b");
	}

	@Test
	void firstMessagesOfASocketDieWithIt() {
		this.connection.transport().hold();
		this.connection.settings((settings) -> settings.onOpen(List.of("one", "two", "three")));
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.engine().send("queued");
		socket.take();
		socket.breaks();
		assertThat(socket.take()).isNull();
		socket.done(null);
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		next.writeAll();
		assertThat(next.written()).containsExactly("one", "two", "three", "queued");
		assertThat(this.connection.engine().snapshot().discarded().messages()).isZero();
	}

	@Test
	void customizerThatThrowsIsAFailedAttempt() {
		this.connection.customizer((request) -> {
			throw new IOException("token secret");
		});
		CompletionStage<HandshakeRequest> prepared = this.connection.start().prepares();
		assertThat(prepared.toCompletableFuture()).isCompletedExceptionally();
		assertFailed("java.io.IOException");
	}

	@Test
	void errorOfACustomizerIsAFailedAttempt() {
		this.connection.customizer((request) -> {
			throw new NoClassDefFoundError("secret");
		});
		assertThat(this.connection.start().prepares().toCompletableFuture()).isCompletedExceptionally();
		assertFailed("java.lang.NoClassDefFoundError");
	}

	@Test
	void stageThatFailsIsAFailedAttempt() {
		CompletableFuture<String> token = new CompletableFuture<>();
		this.connection.customizer((request) -> token.thenApply((value) -> value + "!"));
		this.connection.start().prepares();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CONNECTING);
		token.completeExceptionally(new IOException("token secret"));
		assertFailed("java.io.IOException");
	}

	@Test
	void completionExceptionWithoutACauseIsNamedItself() {
		this.connection.customizer((request) -> {
			throw new CompletionException("secret", null);
		}).start().prepares();
		assertFailed("java.util.concurrent.CompletionException");
	}

	private void assertFailed(String exception) {
		Disconnect end = Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
		assertThat(end.kind()).isEqualTo(Kind.CUSTOMIZER_FAILED);
		assertThat(end.exception()).isEqualTo(exception);
		assertThat(end.text()).isEqualTo("handshake customizer failed with " + exception);
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void afterAStageTheOtherCustomizersRunOnTheIoGroup() {
		CompletableFuture<String> token = new CompletableFuture<>();
		List<String> order = new ArrayList<>();
		this.connection.customizer((request) -> token.thenAccept((value) -> {
			request.firstMessage("login " + value);
			order.add("first");
		})).customizer((request) -> {
			order.add("second");
			return CompletableFuture.completedFuture(null);
		}).customizer((request) -> {
			order.add("third");
			return null;
		});
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		CompletionStage<HandshakeRequest> prepared = attempt.prepares();
		assertThat(order).isEmpty();
		token.complete("t");
		assertThat(order).as("not on the thread that completes the stage").containsExactly("first");
		this.connection.workers().runAll(Group.IO);
		assertThat(order).containsExactly("first", "second", "third");
		assertThat(join(prepared).firstMessages()).containsExactly("login t");
		ManualSocket socket = attempt.opens();
		this.connection.settle();
		assertThat(socket.written()).containsExactly("login t");
	}

	@Test
	void resultForAnAttemptThatHasEndedIsDiscarded() {
		List<CompletableFuture<String>> tokens = new ArrayList<>();
		this.connection.customizer((request) -> {
			CompletableFuture<String> token = new CompletableFuture<>();
			tokens.add(token);
			return token
				.thenAccept((value) -> request.firstMessage(value).url(URI.create("ws://late.example.com/" + value)));
		});
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.prepares();
		this.connection.advance(Duration.ofSeconds(11));
		ManualAttempt next = this.connection.transport().attempt();
		next.starts();
		next.prepares();
		long stale = this.connection.engine().stale();
		tokens.get(0).complete("old");
		this.connection.settle();
		assertThat(this.connection.engine().stale()).isEqualTo(stale + 1);
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("ws://feed.example.com/ws");
		tokens.get(1).complete("new");
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("ws://late.example.com/new");
		next.opens();
		this.connection.settle();
		assertThat(next.socket().written()).containsExactly("new");
	}

	@Test
	void failureForAnAttemptThatHasEndedIsDiscarded() {
		CompletableFuture<String> token = new CompletableFuture<>();
		this.connection.customizer((request) -> (request.attempt() == 1) ? token : null);
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.prepares();
		this.connection.advance(Duration.ofSeconds(11));
		token.completeExceptionally(new IllegalStateException("too late"));
		this.connection.settle();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(this.connection.engine().failures()).isEqualTo(1);
	}

	@Test
	void messagesBeforeOpenedIsHandledFollowIt() {
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.engine().text("one");
		attempt.engine().binary(new byte[2]);
		this.connection.settle();
		assertThat(this.connection.heard()).containsExactly("Attempted");
		this.connection.engine().serial().execute(() -> {
			attempt.opens();
			attempt.engine().text("two");
			assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CONNECTING);
		});
		attempt.engine().text("three");
		this.connection.settle();
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "one", "binary 2", "two", "three");
	}

	@Test
	void openedTellsSubprotocolAndConnectTime() {
		ManualAttempt attempt = this.connection.start();
		this.connection.advance(Duration.ofSeconds(3));
		attempt.engine().opened(attempt.socket(), "v12.stomp");
		this.connection.settle();
		Opened opened = this.connection.events(Opened.class).get(0);
		assertThat(opened.subprotocol()).isEqualTo("v12.stomp");
		assertThat(opened.connectTime()).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.connection.engine().snapshot().notOpenSince()).isNull();
	}

	private static HandshakeRequest join(CompletionStage<HandshakeRequest> stage) {
		assertThat(stage.toCompletableFuture()).isCompleted();
		return stage.toCompletableFuture().join();
	}

}
