package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import org.jspecify.annotations.Nullable;

/**
 * Draws settings from a seed: small capacities and short times, so that every bound is
 * hit.
 */
final class SimulatedSettings {

	static final int MAX_MESSAGE_SIZE = 64;

	private final RandomGenerator random;

	SimulatedSettings(RandomGenerator random) {
		this.random = random;
	}

	ConnectionSettings draw() {
		Inbound inbound = inbound();
		ConnectionSettings.Builder builder = ConnectionSettings.builder("simulated", URI.create("ws://localhost/"))
			.handshake(new Handshake(Map.of(), Map.of(), List.of(), millis(20, 100, 500)))
			.closeTimeout(millis(10, 50, 300))
			.maxMessageSize(MAX_MESSAGE_SIZE)
			.reconnect(reconnect())
			.inbound(inbound);
		Heartbeat heartbeat = heartbeat();
		if (inbound.dispatch() == Dispatch.DIRECT && this.random.nextInt(3) == 0) {
			// Readers are away while heartbeats are awaited: by chance that is rare.
			heartbeat = new Heartbeat(millis(10, 50), millis(5, 20), 1, heartbeat.message(), heartbeat.reply(),
					Proof.REPLY);
		}
		builder.heartbeat(heartbeat).outbound(outbound(heartbeat));
		if (this.random.nextBoolean()) {
			builder.autoReplies(List.of(new AutoReply(Pattern.compile("srvping (\\d+)"), "srvpong $1")));
		}
		if (this.random.nextInt(3) == 0) {
			builder.onOpen(List.of("first 0", "first 1"));
		}
		if (this.random.nextInt(3) == 0) {
			builder.ignore(List.of(Pattern.compile("hello.*")));
		}
		if (this.random.nextInt(5) < 2) {
			builder.request(new Request("/id", pick("/re", null), millis(5, 50, 300), pick(1, 3, 10)));
		}
		if (this.random.nextInt(3) == 0) {
			builder.urls(Stream.of("a", "b", "c")
				.limit(2 + this.random.nextInt(2))
				.map((host) -> URI.create("ws://" + host + "/"))
				.toList());
		}
		return builder.build();
	}

	private Heartbeat heartbeat() {
		String message = null;
		Reply reply = Reply.DEFAULT;
		if (this.random.nextBoolean()) {
			message = "hb {{sequence}}";
			if (this.random.nextBoolean()) {
				message = "hb? {{sequence}}";
				reply = new Reply(null, "hbpong", null, Map.of());
			}
		}
		return new Heartbeat(millis(0, 10, 50, 200), millis(0, 5, 20, 100, 3000), 1 + this.random.nextInt(3), message,
				reply, pick(Proof.ANY, Proof.REPLY));
	}

	private Reconnect reconnect() {
		Duration delay = millis(0, 1, 10, 50);
		Duration maxDelay = delay.multipliedBy(1 + this.random.nextInt(10));
		return new Reconnect(this.random.nextInt(20) > 0, delay, pick(1.0, 2.0, 3.0), maxDelay, pick(0.0, 0.5, 1.0),
				pick(-1, -1, -1, 1, 2, 5), millis(0, 10, 100), pick(Set.of(), Set.of(), Set.of(1000)),
				pick(Set.of(), Set.of(), Set.of(403)));
	}

	private Outbound outbound(Heartbeat heartbeat) {
		return new Outbound(pick(WhenDisconnected.values()), pick(1, 2, 5, 20), pick(20L, 100L, 1000L),
				millis(5, 50, 1000), pick(OutboundOverflow.values()), millis(5, 20, 100), rateLimit(heartbeat));
	}

	/**
	 * Draw a limit that heartbeats do not use up.
	 */
	private @Nullable RateLimit rateLimit(Heartbeat heartbeat) {
		if (this.random.nextInt(4) > 0) {
			return null;
		}
		RateLimit limit = pick(new RateLimit(1, Duration.ofMillis(5)), new RateLimit(2, Duration.ofMillis(20)),
				new RateLimit(5, Duration.ofMillis(100)));
		boolean leavesSome = !heartbeat.isOn() || heartbeat.interval().compareTo(limit.interval().multipliedBy(2)) >= 0;
		return leavesSome ? limit : new RateLimit(1, Duration.ofMillis(5));
	}

	private Inbound inbound() {
		Dispatch dispatch = (this.random.nextInt(3) == 0) ? Dispatch.DIRECT : Dispatch.QUEUED;
		Duration maxSilence = (this.random.nextInt(3) == 0) ? millis(20, 60, 200) : null;
		return new Inbound(pick(1, 2, 3, 8), pick(64L, 100L, 1000L), pick(InboundOverflow.values()), dispatch,
				maxSilence, pick(OnSilence.values()));
	}

	private Duration millis(Integer... choices) {
		return Duration.ofMillis(pick(choices));
	}

	@SafeVarargs
	private <T> T pick(T... choices) {
		return choices[this.random.nextInt(choices.length)];
	}

}
