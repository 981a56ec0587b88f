package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent.Attempted;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Addresses}: which one is whose turn, and when the next attempt begins.
 */
class AddressesTests {

	private static final Disconnect REFUSED = Disconnect.of(Kind.CONNECT_FAILED, "refused");

	private final TestConnection connection = new TestConnection();

	@Test
	void nextOneFollowsAtOnceAndTheDelayIsBetweenRounds() {
		urls("a", "b", "c");
		this.connection.start();
		for (int i = 0; i < 7; i++) {
			assertThat(prepared()).isEqualTo("ws://" + "abc".charAt(i % 3) + "/");
			fail();
		}
		assertThat(attempted()).containsExactly("ws://a/", "ws://b/", "ws://c/", "ws://a/", "ws://b/", "ws://c/",
				"ws://a/", "ws://b/");
		assertThat(retries()).extracting(Duration::toMillis).containsExactly(0L, 10L, 1000L, 10L, 10L, 2000L, 10L);
	}

	@Test
	void roundEndsExactlyAfterItsDelay() {
		urls("a", "b");
		this.connection.start().fails(REFUSED);
		this.connection.settle();
		assertThat(attempted()).containsExactly("ws://a/", "ws://b/");
		this.connection.transport().attempt().fails(REFUSED);
		this.connection.almost(Duration.ofSeconds(1));
		assertThat(attempted()).hasSize(2);
		this.connection.nano();
		assertThat(attempted()).endsWith("ws://b/", "ws://a/");
	}

	@Test
	void stableSocketThatEndsKeepsItsAddress() {
		urls("a", "b");
		this.connection.start();
		openStable().breaks();
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(attempted()).containsExactly("ws://a/", "ws://a/");
	}

	@Test
	void socketThatNeverBecameStableLosesItsTurn() {
		urls("a", "b");
		this.connection.start();
		this.connection.open().breaks();
		this.connection.settle();
		assertThat(attempted()).containsExactly("ws://a/", "ws://b/");
	}

	@Test
	void serverThatAsksToBeLeftAloneIsLeftAtOnceAlsoWhenItWasStable() {
		urls("a", "b");
		this.connection.start();
		openStable().peerCloses(1013);
		this.connection.settle();
		assertThat(attempted()).containsExactly("ws://a/", "ws://b/");
	}

	@Test
	void whenAllAskToBeLeftAloneTheyAre() {
		urls("a", "b");
		this.connection.start();
		for (int i = 0; i < 4; i++) {
			this.connection.open().peerCloses(1013);
			advanceToNextAttempt();
		}
		assertThat(retries()).containsExactly(Duration.ZERO, Duration.ofSeconds(30), Duration.ofMillis(10),
				Duration.ofSeconds(30));
	}

	@Test
	void replacedSocketKeepsItsAddress() {
		urls("a", "b");
		this.connection.start();
		this.connection.open();
		this.connection.engine().reconnect();
		this.connection.settle();
		assertThat(attempted()).containsExactly("ws://a/", "ws://a/");
	}

	@Test
	void newRunBeginsWithTheFirst() {
		urls("a", "b", "c");
		this.connection.start().fails(REFUSED);
		this.connection.settle();
		this.connection.engine().close();
		this.connection.settle();
		this.connection.start();
		assertThat(attempted()).containsExactly("ws://a/", "ws://b/", "ws://a/");
	}

	@Test
	void eventAndSnapshotShowTheAddressWithoutSecrets() {
		this.connection.settings((settings) -> settings
			.urls(List.of(URI.create("ws://u:secret@a/?t=secret"), URI.create("wss://secret@b:8443/ws?secret"))));
		this.connection.start();
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("ws://a/");
		fail();
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("wss://b:8443/ws");
		assertThat(attempted()).containsExactly("ws://a/", "wss://b:8443/ws");
		assertThat(this.connection.events().toString()).doesNotContain("secret");
		assertThat(this.connection.open().written()).isEmpty();
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("wss://b:8443/ws");
	}

	@Test
	void sourceIsAskedForEveryAttemptAndNotBefore() {
		List<String> hosts = new ArrayList<>(List.of("x", "y"));
		this.connection.addresses(() -> List.of(URI.create("ws://" + hosts.remove(0) + "/?t=secret"))).start();
		assertThat(hosts).hasSize(2);
		assertThat(prepared()).isEqualTo("ws://x/?t=secret");
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("ws://x/");
		fail();
		assertThat(prepared()).isEqualTo("ws://y/?t=secret");
		assertThat(this.connection.engine().snapshot().url()).isEqualTo("ws://y/");
		assertThat(attempted()).as("what is known when the attempt begins")
			.containsExactly("ws://feed.example.com/ws", "ws://x/");
	}

	@Test
	void sourceMayGiveMoreOrFewer() {
		AtomicReference<List<URI>> now = new AtomicReference<>(uris("x", "y", "z"));
		List<Integer> urls = new ArrayList<>();
		this.connection.addresses(now::get).policy((context) -> {
			urls.add(context.urls());
			return Optional.of(Duration.ofSeconds(1));
		}).start();
		assertThat(prepared()).isEqualTo("ws://x/");
		fail();
		now.set(uris("p", "q"));
		assertThat(prepared()).isEqualTo("ws://q/");
		fail();
		now.set(uris("only"));
		assertThat(prepared()).isEqualTo("ws://only/");
		fail();
		assertThat(urls).containsExactly(3, 2, 1);
	}

	@Test
	void sourceThatThrowsIsAFailedAttempt() {
		List<List<URI>> answers = new ArrayList<>(List.of(uris("x")));
		this.connection.addresses(() -> answers.remove(0)).start();
		assertThat(prepared()).isEqualTo("ws://x/");
		fail();
		assertThat(this.connection.transport().attempt().prepares().toCompletableFuture()).isCompletedExceptionally();
		assertFailedWith("java.lang.IndexOutOfBoundsException");
	}

	@Test
	void sourceWithoutAnyIsAFailedAttempt() {
		this.connection.addresses(List::of).start();
		assertThat(this.connection.transport().attempt().prepares().toCompletableFuture()).isCompletedExceptionally();
		assertFailedWith("java.lang.IllegalStateException");
	}

	private void assertFailedWith(String exception) {
		Disconnect end = Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
		assertThat(end.kind()).isEqualTo(Kind.CUSTOMIZER_FAILED);
		assertThat(end.exception()).isEqualTo(exception);
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	private void urls(String... hosts) {
		this.connection.settings((settings) -> settings.urls(uris(hosts)));
	}

	private static List<URI> uris(String... hosts) {
		return Stream.of(hosts).map((host) -> URI.create("ws://" + host + "/")).toList();
	}

	private ManualSocket openStable() {
		ManualSocket socket = this.connection.open();
		socket.text("alive");
		this.connection.advance(Duration.ofSeconds(10));
		return socket;
	}

	private void fail() {
		this.connection.transport().attempt().fails(REFUSED);
		advanceToNextAttempt();
	}

	private void advanceToNextAttempt() {
		this.connection.settle();
		this.connection.advance(retries().get(retries().size() - 1));
	}

	private String prepared() {
		HandshakeRequest request = this.connection.transport().attempt().prepares().toCompletableFuture().join();
		this.connection.settle();
		return request.uri().toString();
	}

	private List<String> attempted() {
		return this.connection.events(Attempted.class).stream().map(Attempted::url).toList();
	}

	private List<Duration> retries() {
		return this.connection.events(RetryScheduled.class).stream().map(RetryScheduled::delay).toList();
	}

}
