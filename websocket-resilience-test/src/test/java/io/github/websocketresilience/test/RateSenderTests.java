package io.github.websocketresilience.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that does not read costs the server no memory.
 */
class RateSenderTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final List<Throwable> failures = new ArrayList<>();

	private final List<Integer> made = new ArrayList<>();

	private boolean done;

	@Test
	void nothingPilesUpWhileNobodyReadsAndThenAllIsSent() {
		writable(false);
		new RateSender(new Wire(this.channel, this.failures::add), 3, 1_000_000_000, this::text, () -> this.done = true)
			.begin();
		turn();
		assertThat(this.made).isEmpty();
		assertThat(this.done).isFalse();
		writable(true);
		turn();
		assertThat(this.made).containsExactly(1, 2, 3);
		assertThat(this.done).isTrue();
		assertThat(sent()).containsExactly("1", "2", "3");
		assertThat(this.failures).isEmpty();
	}

	private void writable(boolean writable) {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		buffer.setUserDefinedWritability(1, writable);
	}

	private void turn() {
		this.channel.advanceTimeBy(1, TimeUnit.SECONDS);
		this.channel.runPendingTasks();
	}

	private String text(int number) {
		this.made.add(number);
		return Integer.toString(number);
	}

	private List<String> sent() {
		List<String> texts = new ArrayList<>();
		TextWebSocketFrame frame = this.channel.readOutbound();
		while (frame != null) {
			texts.add(frame.text());
			frame.release();
			frame = this.channel.readOutbound();
		}
		return texts;
	}

}
