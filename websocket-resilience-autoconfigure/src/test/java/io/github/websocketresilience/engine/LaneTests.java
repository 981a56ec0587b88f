package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lane}.
 */
class LaneTests {

	private final Lane lane = new Lane();

	@Test
	void newLaneIsEmpty() {
		assertThat(this.lane.isEmpty()).isTrue();
		assertThat(this.lane.poll()).isNull();
		assertThat(this.lane.waitingControl()).isZero();
	}

	@Test
	void firstMessagesGoBeforeControlFrames() {
		assertThat(offer("rule", "reply")).isTrue();
		this.lane.first(List.of("login", "subscribe"));
		assertThat(drain()).containsExactly("login", "subscribe", "reply");
		assertThat(this.lane.isEmpty()).isTrue();
	}

	@Test
	void noFirstMessagesLeaveItEmpty() {
		this.lane.first(List.of());
		assertThat(this.lane.isEmpty()).isTrue();
	}

	@Test
	void newerFrameOfAKeyReplacesTheOneThatWaits() {
		offer("a", "a1");
		offer("b", "b1");
		offer("a", "a2");
		assertThat(this.lane.waitingControl()).isEqualTo(2);
		assertThat(drain()).containsExactly("b1", "a2");
	}

	@Test
	void frameThatWasTakenIsNotReplaced() {
		offer("a", "a1");
		assertThat(this.lane.poll()).isNotNull();
		offer("a", "a2");
		assertThat(drain()).containsExactly("a2");
	}

	@Test
	void asManyAsFitAreTakenAndOneMoreIsNot() {
		for (int i = 0; i < Lane.CAPACITY; i++) {
			assertThat(offer(i, "reply " + i)).isTrue();
		}
		assertThat(offer("one more", "lost")).isFalse();
		assertThat(this.lane.waitingControl()).isEqualTo(Lane.CAPACITY);
		assertThat(offer(0, "newer")).isTrue();
		assertThat(drain()).hasSize(Lane.CAPACITY).startsWith("reply 1").endsWith("newer").doesNotContain("lost");
	}

	@Test
	void firstMessagesNeedNoRoom() {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < 2 * Lane.CAPACITY; i++) {
			texts.add("first " + i);
		}
		this.lane.first(texts);
		assertThat(this.lane.waitingControl()).isZero();
		assertThat(offer("rule", "reply")).isTrue();
		assertThat(drain()).hasSize(2 * Lane.CAPACITY + 1).endsWith("reply");
	}

	private boolean offer(Object key, String text) {
		return this.lane.offer(key, new Transport.Frame.Text(text), null);
	}

	private List<String> drain() {
		List<String> result = new ArrayList<>();
		for (Lane.Entry entry = this.lane.poll(); entry != null; entry = this.lane.poll()) {
			result.add(((Transport.Frame.Text) entry.frame()).text());
		}
		return result;
	}

}
