package io.github.websocketresilience;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Builder;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Health;
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
import io.github.websocketresilience.ConnectionSettings.StoppedStatus;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import org.jspecify.annotations.Nullable;

/**
 * Every rule of {@link ConnectionSettings}, with a value at its limit and one past it.
 */
final class SettingsRules {

	private static final Duration YEAR = Duration.ofDays(365);

	private static final Duration NANO = Duration.ofNanos(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private SettingsRules() {
	}

	static Stream<Rule> all() {
		return Stream.of(durations(), reconnects(), heartbeats(), sizes(), requests()).flatMap((rules) -> rules);
	}

	private static Stream<Rule> durations() {
		return Stream
			.of(positive("close-timeout", Builder::closeTimeout),
					positive("connect-timeout",
							(builder, value) -> builder.handshake(new Handshake(Map.of(), Map.of(), List.of(), value))),
					positive("outbound.time-to-live", (builder, value) -> outbound(builder, 1, 1, value, SECOND)),
					positive("outbound.send-timeout", (builder, value) -> outbound(builder, 1, 1, SECOND, value)),
					positive("outbound.rate-limit", (builder, value) -> rateLimit(builder, 1, value)),
					positive("inbound.max-silence", SettingsRules::maxSilence),
					positive("request.timeout", (builder, value) -> request(builder, null, null, value, 1)),
					notNegative("heartbeat.interval", (builder, value) -> heartbeat(builder, value, SECOND, 1)),
					notNegative("heartbeat.timeout", (builder, value) -> heartbeat(builder, SECOND, value, 1)),
					notNegative("reconnect.delay", (builder, value) -> delays(builder, value, YEAR, SECOND)),
					notNegative("reconnect.max-delay",
							(builder, value) -> delays(builder, Duration.ZERO, value, SECOND)),
					notNegative("reconnect.reset-after", (builder, value) -> delays(builder, SECOND, SECOND, value)),
					notNegative("health.grace-period",
							(builder, value) -> builder.health(new Health(value, StoppedStatus.UNKNOWN))))
			.flatMap((rules) -> rules);
	}

	private static Stream<Rule> reconnects() {
		return Stream.of(
				new Rule("reconnect.max-delay", (builder) -> delays(builder, SECOND, SECOND, SECOND),
						(builder) -> delays(builder, SECOND, SECOND.minus(NANO), SECOND)),
				doubles("reconnect.multiplier", 1, Math.nextDown(1.0)), doubles("reconnect.multiplier", 1000, 1000.001),
				doubles("reconnect.multiplier", 2, Double.NaN), doubles("reconnect.jitter", 0, -0.001),
				doubles("reconnect.jitter", 1, Math.nextUp(1.0)), doubles("reconnect.jitter", 0.5, Double.NaN),
				attempts(1, 0), attempts(-1, -2), stops("reconnect.stop-on-close-codes", 1000, 999),
				stops("reconnect.stop-on-close-codes", 4999, 5000), stops("reconnect.stop-on-http-statuses", 100, 99),
				stops("reconnect.stop-on-http-statuses", 599, 600));
	}

	private static Stream<Rule> heartbeats() {
		return Stream.of(
				new Rule("heartbeat.max-missed", (builder) -> heartbeat(builder, SECOND, SECOND, 1),
						(builder) -> heartbeat(builder, SECOND, SECOND, 0)),
				messages("x", ""), messages("{{timestamp}} {{sequence}} {{uuid}}", "{{time}}"),
				messages("{\"a\":{\"b\":1}}", "{{ uuid }}"),
				new Rule("heartbeat.reply", (builder) -> reply(builder, "ping", "pong"),
						(builder) -> reply(builder, null, "pong")),
				replyAt("/op", "op"), replyAt("/", ""), replyAt("/~0/~1", "/~2"), replyAt("/~01", "/a~"),
				replies("(a)", "$1", "$2"), replies("a", "$$", "$"), replies("(a)", "$$$1", "$$$"),
				replies("a", "x", "$0"), replies("(a)", "$1x", "$x"),
				replies("(a)(b)(c)(d)(e)(f)(g)(h)(i)", "$9", "${9}"));
	}

	private static Stream<Rule> sizes() {
		return Stream.of(sizes("max-message-size", 1, 0), sizes("max-message-size", 512L << 20, (512L << 20) + 1),
				new Rule("inbound.max-bytes", (builder) -> inbound(builder, 1, 100).maxMessageSize(100),
						(builder) -> inbound(builder, 1, 100).maxMessageSize(101)),
				new Rule("inbound.max-bytes", (builder) -> inbound(builder, 1, 1).maxMessageSize(1),
						(builder) -> inbound(builder, 1, 0)),
				new Rule("inbound.capacity", (builder) -> inbound(builder, 1, 2_000_000),
						(builder) -> inbound(builder, 0, 2_000_000)),
				new Rule("outbound.capacity", (builder) -> outbound(builder, 1, 1, SECOND, SECOND),
						(builder) -> outbound(builder, 0, 1, SECOND, SECOND)),
				new Rule("outbound.max-bytes", (builder) -> outbound(builder, 1, 1, SECOND, SECOND),
						(builder) -> outbound(builder, 1, 0, SECOND, SECOND)),
				rule("outbound.rate-limit", (builder, value) -> rateLimit(builder, value, SECOND), 1, 0),
				rule("outbound.rate-limit", (builder, value) -> rateLimit(builder, value, SECOND), 100_000, 100_001),
				rule("request.max-pending", (builder, value) -> request(builder, null, null, SECOND, value), 1, 0));
	}

	private static Stream<Rule> requests() {
		Rule both = new Rule("request.reply-id", (builder) -> request(builder, "/a", "/id", SECOND, 1),
				(builder) -> request(builder, null, "/id", SECOND, 1));
		return Stream
			.of(pointers("/", ""), pointers("/a/0", "a/0"), pointers("/~0/~1", "/~2"), pointers("/~01", "/a~"),
					pointers("/a b", "#/a"), Stream.of(both))
			.flatMap((rules) -> rules);
	}

	private static Stream<Rule> pointers(String accepted, String refused) {
		return Stream.of(
				rule("request.id", (builder, value) -> request(builder, value, null, SECOND, 1), accepted, refused),
				rule("request.reply-id", (builder, value) -> request(builder, "/a", value, SECOND, 1), accepted,
						refused));
	}

	private static Rule replyAt(String accepted, String refused) {
		return new Rule("heartbeat.reply.json", (builder) -> new Reply(null, null, null, Map.of(accepted, "pong")),
				(builder) -> new Reply(null, null, null, Map.of(refused, "pong")));
	}

	private static Stream<Rule> positive(String property, Change<Duration> change) {
		return Stream.of(rule(property, change, NANO, Duration.ZERO), rule(property, change, NANO, NANO.negated()),
				rule(property, change, YEAR, YEAR.plus(NANO)));
	}

	private static Stream<Rule> notNegative(String property, Change<Duration> change) {
		return Stream.of(rule(property, change, Duration.ZERO, NANO.negated()),
				rule(property, change, YEAR, YEAR.plus(NANO)));
	}

	private static <T> Rule rule(String property, Change<T> change, T accepted, T refused) {
		return new Rule(property, (builder) -> change.apply(builder, accepted),
				(builder) -> change.apply(builder, refused));
	}

	private static Rule doubles(String property, double accepted, double refused) {
		boolean jitter = property.endsWith("jitter");
		return rule(property,
				(builder, value) -> reconnect(builder, jitter ? 2 : value, jitter ? value : 0, -1, Set.of(), Set.of()),
				accepted, refused);
	}

	private static Rule attempts(int accepted, int refused) {
		return rule("reconnect.max-attempts", (builder, value) -> reconnect(builder, 2, 0, value, Set.of(), Set.of()),
				accepted, refused);
	}

	private static Rule stops(String property, int accepted, int refused) {
		boolean codes = property.endsWith("codes");
		return rule(property, (builder, value) -> reconnect(builder, 2, 0, -1, codes ? Set.of(value) : Set.of(),
				codes ? Set.of() : Set.of(value)), accepted, refused);
	}

	private static Rule messages(String accepted, String refused) {
		return rule("heartbeat.message", SettingsRules::message, accepted, refused);
	}

	private static Rule replies(String pattern, String accepted, String refused) {
		return rule("auto-replies.reply",
				(builder, value) -> builder.autoReplies(List.of(new AutoReply(Pattern.compile(pattern), value))),
				accepted, refused);
	}

	private static Rule sizes(String property, long accepted, long refused) {
		return rule(property, (builder, value) -> inbound(builder, 1, Math.max(1, value)).maxMessageSize(value),
				accepted, refused);
	}

	private static Builder inbound(Builder builder, int capacity, long maxBytes) {
		return builder.inbound(new Inbound(capacity, maxBytes, InboundOverflow.PAUSE));
	}

	private static void outbound(Builder builder, int capacity, long maxBytes, Duration timeToLive,
			Duration sendTimeout) {
		builder.outbound(new Outbound(WhenDisconnected.QUEUE, capacity, maxBytes, timeToLive, OutboundOverflow.REJECT,
				sendTimeout));
	}

	private static void rateLimit(Builder builder, int messages, Duration period) {
		builder.outbound(new Outbound(WhenDisconnected.QUEUE, 1, 1, SECOND, OutboundOverflow.REJECT, SECOND,
				new RateLimit(messages, period)));
	}

	private static void maxSilence(Builder builder, Duration value) {
		builder.inbound(new Inbound(1, 2_000_000, InboundOverflow.PAUSE, Dispatch.QUEUED, value, OnSilence.REPORT));
	}

	private static void request(Builder builder, @Nullable String id, @Nullable String replyId, Duration timeout,
			int maxPending) {
		builder.request(new Request(id, replyId, timeout, maxPending));
	}

	private static void delays(Builder builder, Duration delay, Duration maxDelay, Duration resetAfter) {
		builder.reconnect(new Reconnect(true, delay, 2, maxDelay, 0, -1, resetAfter, Set.of(), Set.of()));
	}

	private static void reconnect(Builder builder, double multiplier, double jitter, int maxAttempts,
			Set<Integer> codes, Set<Integer> statuses) {
		builder
			.reconnect(new Reconnect(true, SECOND, multiplier, SECOND, jitter, maxAttempts, SECOND, codes, statuses));
	}

	private static void heartbeat(Builder builder, Duration interval, Duration timeout, int maxMissed) {
		builder.heartbeat(new Heartbeat(interval, timeout, maxMissed, null, Reply.DEFAULT, Proof.ANY));
	}

	private static void message(Builder builder, String message) {
		builder.heartbeat(new Heartbeat(SECOND, SECOND, 1, message, Reply.DEFAULT, Proof.ANY));
	}

	private static void reply(Builder builder, @Nullable String message, String reply) {
		builder.heartbeat(new Heartbeat(SECOND, SECOND, 1, message, new Reply(reply, null, null, Map.of()), Proof.ANY));
	}

	private interface Change<T> {

		void apply(Builder builder, T value);

	}

	/**
	 * A rule.
	 *
	 * @param property the key that the exception names
	 * @param accepted sets a value at the limit
	 * @param refused sets one past it
	 */
	record Rule(String property, Consumer<Builder> accepted, Consumer<Builder> refused) {

		@Override
		public String toString() {
			return this.property;
		}

	}

}
