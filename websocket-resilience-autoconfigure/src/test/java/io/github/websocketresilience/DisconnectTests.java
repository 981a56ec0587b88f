package io.github.websocketresilience;

import java.time.Duration;

import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link Disconnect}.
 */
class DisconnectTests {

	@Test
	void failureOfAnAttemptHoldsKindInitiatorAndText() {
		Disconnect end = Disconnect.of(Kind.UNKNOWN_HOST, "no such host");
		assertThat(end).isEqualTo(new Disconnect(Kind.UNKNOWN_HOST, null, "", null, Initiator.NETWORK, null,
				Duration.ZERO, Duration.ZERO, 0, null, "no such host"));
	}

	@ParameterizedTest
	@CsvSource({ "1001,closed by peer with 1001 (going away)", "4000,closed by peer with 4000" })
	void closeOfThePeerHoldsItsCode(int code, String text) {
		Disconnect end = Disconnect.peerClosed(code, "bye");
		assertThat(end.kind()).isEqualTo(Kind.PEER_CLOSED);
		assertThat(end.initiator()).isEqualTo(Initiator.PEER);
		assertThat(end.closeCode()).isEqualTo(code);
		assertThat(end.closeReason()).isEqualTo("bye");
		assertThat(end.text()).as("the reason may be anything").isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "299,false", "300,true", "301,true", "399,true", "400,false", "503,false" })
	void refusalHoldsItsStatusAndWarnsOfRedirects(int status, boolean redirect) {
		Disconnect end = Disconnect.refused(status, Duration.ofSeconds(5));
		assertThat(end.kind()).isEqualTo(Kind.UPGRADE_REFUSED);
		assertThat(end.initiator()).isEqualTo(Initiator.PEER);
		assertThat(end.httpStatus()).isEqualTo(status);
		assertThat(end.retryAfter()).isEqualTo(Duration.ofSeconds(5));
		assertThat(end.text()).startsWith("upgrade refused with HTTP " + status);
		assertThat(end.text().contains("configure the final address")).isEqualTo(redirect);
	}

	@ParameterizedTest
	@CsvSource({ "401,true", "403,true", "402,false", "407,false", "500,false" })
	void refusalMayBeOneOfCredentials(int status, boolean unauthorized) {
		assertThat(Disconnect.refused(status, null).isUnauthorized()).isEqualTo(unauthorized);
	}

	@ParameterizedTest
	@CsvSource({ "1008,true", "4401,true", "4403,true", "1000,false", "4400,false", "401,false" })
	void closeMayBeOneOfCredentials(int code, boolean unauthorized) {
		assertThat(Disconnect.peerClosed(code, "").isUnauthorized()).isEqualTo(unauthorized);
		assertThat(Disconnect.of(Kind.CONNECT_FAILED, "refused").isUnauthorized()).isFalse();
	}

	@Test
	void causeIsOnlyAClass() {
		Disconnect end = Disconnect.of(Kind.CONNECT_FAILED, "refused")
			.causedBy(new IllegalStateException("ws://u:secret@host"));
		assertThat(end.exception()).isEqualTo("java.lang.IllegalStateException");
		assertThat(end.toString()).doesNotContain("secret");
	}

	@Test
	void historyOfTheSocketIsAdded() {
		Disconnect end = Disconnect.peerClosed(1001, "bye")
			.causedBy(new IllegalStateException())
			.after(Duration.ofSeconds(3), Duration.ofSeconds(2), 7);
		assertThat(end.openFor()).isEqualTo(Duration.ofSeconds(3));
		assertThat(end.pausedFor()).isEqualTo(Duration.ofSeconds(2));
		assertThat(end.heartbeatsAnswered()).isEqualTo(7);
		assertThat(end.closeCode()).isEqualTo(1001);
		assertThat(end.exception()).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void endsOfTheSameKindCodeAndStatusAreAlike() {
		Disconnect refused = Disconnect.refused(503, null);
		assertThat(refused
			.isLike(Disconnect.refused(503, Duration.ofSeconds(1)).after(Duration.ofDays(1), Duration.ZERO, 1)))
			.isTrue();
		assertThat(refused.isLike(Disconnect.refused(502, null))).isFalse();
		assertThat(refused.isLike(Disconnect.of(Kind.UPGRADE_REFUSED, "refused"))).isFalse();
		assertThat(refused.isLike(null)).isFalse();
		assertThat(Disconnect.peerClosed(1001, "a").isLike(Disconnect.peerClosed(1001, "b"))).isTrue();
		assertThat(Disconnect.peerClosed(1001, "").isLike(Disconnect.peerClosed(1000, ""))).isFalse();
		assertThat(Disconnect.of(Kind.CONNECT_FAILED, "a").isLike(Disconnect.of(Kind.TLS_FAILED, "a"))).isFalse();
	}

	@Test
	@SuppressWarnings("NullAway")
	void kindInitiatorAndTextAreNeeded() {
		assertThatNullPointerException().isThrownBy(() -> disconnect(null, Initiator.US, "text"))
			.withMessageContaining("kind");
		assertThatNullPointerException().isThrownBy(() -> disconnect(Kind.CONNECT_FAILED, null, "text"))
			.withMessageContaining("initiator");
		assertThatNullPointerException().isThrownBy(() -> disconnect(Kind.CONNECT_FAILED, Initiator.US, null))
			.withMessageContaining("text");
	}

	private static Disconnect disconnect(Kind kind, Initiator initiator, String text) {
		return new Disconnect(kind, null, "", null, initiator, null, Duration.ZERO, Duration.ZERO, 0, null, text);
	}

}
