package io.github.websocketresilience.engine;

import java.nio.ByteBuffer;
import java.util.UUID;

import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import org.jspecify.annotations.Nullable;

/**
 * One heartbeat of one socket.
 */
final class Beat {

	private final long sequence;

	private final @Nullable String text;

	private volatile long begunAt;

	private Beat(long sequence, @Nullable String text) {
		this.sequence = sequence;
		this.text = text;
	}

	static Beat of(Heartbeat settings, long sequence, Time time) {
		String template = settings.message();
		return new Beat(sequence, (template != null) ? render(template, sequence, time) : null);
	}

	private static String render(String template, long sequence, Time time) {
		String text = template.replace("{{timestamp}}", Long.toString(time.now().toEpochMilli()))
			.replace("{{sequence}}", Long.toString(sequence));
		if (!text.contains("{{uuid}}")) {
			return text;
		}
		UUID uuid = new UUID((time.random().nextLong() & 0xffffffffffff0fffL) | 0x4000L,
				(time.random().nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
		return text.replace("{{uuid}}", uuid.toString());
	}

	Transport.Frame frame() {
		return (this.text != null) ? new Transport.Frame.Text(this.text) : new Transport.Frame.Ping(payload());
	}

	@Nullable String text() {
		return this.text;
	}

	byte[] payload() {
		return ByteBuffer.allocate(Long.BYTES).putLong(this.sequence).array();
	}

	long begunAt() {
		return this.begunAt;
	}

	void begun(long now) {
		this.begunAt = now;
	}

}
