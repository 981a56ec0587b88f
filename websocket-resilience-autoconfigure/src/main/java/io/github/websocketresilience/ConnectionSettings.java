package io.github.websocketresilience;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a user asked of one connection: validated, immutable. The compact constructors
 * throw {@link InvalidSettingException}, which names the offending key. The
 * {@code toString} of this tree shows no secret.
 *
 * @param name the name of the connection, {@code [a-z0-9-]+}
 * @param urls absolute ws or wss addresses of one service, at least one, in the order in
 * which they are tried
 * @param group whose metrics and health entry it shares, or {@code null} for its own
 * @param startup when it starts
 * @param handshake what every opening handshake sends
 * @param security who the server is and who we are
 * @param closeTimeout bound of an orderly close, the drain included
 * @param maxMessageSize largest inbound message in bytes
 * @param ignore whole texts that are not messages
 * @param autoReplies answers to heartbeats of the server
 * @param onOpen texts sent right after every open
 * @param heartbeat how a dead peer is noticed
 * @param reconnect whether and when to try again
 * @param outbound the queue of messages to send
 * @param inbound the log of messages received
 * @param request how replies find their requests
 * @param health what health says while it is not open
 * @param diagnostics what else is shown of it
 */
public record ConnectionSettings(String name, List<URI> urls, @Nullable String group, Startup startup,
		Handshake handshake, Security security, Duration closeTimeout, long maxMessageSize, List<Pattern> ignore,
		List<AutoReply> autoReplies, List<String> onOpen, Heartbeat heartbeat, Reconnect reconnect, Outbound outbound,
		Inbound inbound, Request request, Health health, Diagnostics diagnostics) {

	/**
	 * The group of connections that are opened at run time, unless they are given
	 * another.
	 */
	public static final String DYNAMIC_GROUP = "dynamic";

	private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

	private static final long LARGEST_MESSAGE = 512L * 1024 * 1024;

	private static final Duration LONGEST = Duration.ofDays(365);

	/**
	 * Create validated settings.
	 */
	public ConnectionSettings {
		unless(NAME.matcher(name).matches(), "name", name, "consist of a-z, 0-9 and dashes");
		urls = requireWebSocketUrls(urls);
		unless(group == null || NAME.matcher(group).matches(), "group", group, "consist of a-z, 0-9 and dashes");
		positive("close-timeout", closeTimeout);
		unless(maxMessageSize > 0 && maxMessageSize <= LARGEST_MESSAGE, "max-message-size", maxMessageSize,
				"be between 1 byte and 512MB");
		unless(inbound.maxBytes() >= maxMessageSize, "inbound.max-bytes", inbound.maxBytes(),
				"be at least 'max-message-size' (" + maxMessageSize + ")");
		ignore = List.copyOf(ignore);
		autoReplies = List.copyOf(autoReplies);
		onOpen = List.copyOf(onOpen);
		Objects.requireNonNull(startup, "'startup' must not be null");
		Objects.requireNonNull(handshake, "'handshake' must not be null");
		Objects.requireNonNull(security, "'security' must not be null");
		requireOneAuthorization(handshake, security);
		Objects.requireNonNull(heartbeat, "'heartbeat' must not be null");
		Objects.requireNonNull(reconnect, "'reconnect' must not be null");
		Objects.requireNonNull(outbound, "'outbound' must not be null");
		Objects.requireNonNull(request, "'request' must not be null");
		Objects.requireNonNull(health, "'health' must not be null");
		Objects.requireNonNull(diagnostics, "'diagnostics' must not be null");
	}

	/**
	 * Begin settings with the documented defaults.
	 * @param name the name of the connection
	 * @param url an absolute ws or wss address
	 * @return a builder
	 */
	public static Builder builder(String name, URI url) {
		return builder(name).url(url);
	}

	/**
	 * Begin settings with the documented defaults, without an address.
	 * @param name the name of the connection
	 * @return a builder
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Return the address that is tried first.
	 * @return the first of {@link #urls()}
	 */
	public URI url() {
		return this.urls.get(0);
	}

	/**
	 * Return the name under which metrics, health and traces show the connection, which
	 * it may share with others.
	 * @return the group, or the name if there is no group
	 */
	public String groupOrName() {
		return (this.group != null) ? this.group : this.name;
	}

	/**
	 * Return an address as it may be shown: without user info, query and fragment.
	 * @param url the address
	 * @return scheme, host, port and path
	 */
	public static String withoutSecrets(URI url) {
		String scheme = (url.getScheme() != null) ? url.getScheme() + "://" : "";
		String host = (url.getHost() != null) ? url.getHost() : "";
		String port = (url.getPort() != -1) ? ":" + url.getPort() : "";
		String path = (url.getRawPath() != null) ? url.getRawPath() : "";
		return scheme + host + port + path;
	}

	/**
	 * Shows no secret.
	 */
	@Override
	public String toString() {
		return "ConnectionSettings[name=" + this.name + ", urls="
				+ this.urls.stream().map(ConnectionSettings::withoutSecrets).toList() + ", group=" + this.group
				+ ", startup=" + this.startup + ", handshake=" + this.handshake + ", security=" + this.security
				+ ", closeTimeout=" + this.closeTimeout + ", maxMessageSize=" + this.maxMessageSize + ", ignore="
				+ this.ignore.size() + ", autoReplies=" + this.autoReplies.size() + ", onOpen=" + this.onOpen.size()
				+ ", heartbeat=" + this.heartbeat + ", reconnect=" + this.reconnect + ", outbound=" + this.outbound
				+ ", inbound=" + this.inbound + ", request=" + this.request + ", health=" + this.health
				+ ", diagnostics=" + this.diagnostics + "]";
	}

	private static void requireOneAuthorization(Handshake handshake, Security security) {
		boolean header = handshake.headers().containsKey("Authorization");
		unless(!header || security.basic() == null, "headers.Authorization", null,
				"not be set together with 'basic.username'");
		unless(!header || security.oauth2RegistrationId() == null, "headers.Authorization", null,
				"not be set together with 'oauth2.registration-id'");
	}

	private static List<URI> requireWebSocketUrls(List<URI> urls) {
		unless(!urls.isEmpty(), "url", null, "be set: without an address there is nothing to connect to");
		List<URI> result = new ArrayList<>();
		for (int i = 0; i < urls.size(); i++) {
			result.add(requireWebSocketUrl((urls.size() > 1) ? "urls[" + i + "]" : "url", urls.get(i)));
		}
		return List.copyOf(result);
	}

	static URI requireWebSocketUrl(String property, URI url) {
		String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
		String mapped = switch (scheme) {
			case "ws", "http" -> "ws";
			case "wss", "https" -> "wss";
			default -> throw new InvalidSettingException(property, withoutSecrets(url), "begin with ws:// or wss://");
		};
		unless(url.getHost() != null, property, withoutSecrets(url), "have a host");
		// RFC 6455 section 3: a fragment has no meaning and must not be used.
		unless(url.getRawFragment() == null, property, withoutSecrets(url), "have no fragment (#)");
		if (mapped.equals(url.getScheme())) {
			return url;
		}
		try {
			return new URI(mapped + url.toString().substring(scheme.length()));
		}
		catch (URISyntaxException ex) {
			throw new InvalidSettingException(property, withoutSecrets(url), "be a valid address");
		}
	}

	private static void unless(boolean valid, String property, @Nullable Object value, String requirement) {
		if (!valid) {
			throw new InvalidSettingException(property, value, requirement);
		}
	}

	private static void pointer(String property, @Nullable String value, String requirement) {
		if (value != null) {
			unless(value.startsWith("/"), property, value, requirement);
			unless(JsonCodec.isPointer(value), property, value,
					"be a JSON pointer, in which '~' is written ~0, and a '/' that is part of a name ~1");
		}
	}

	private static void notNegative(String property, Duration value) {
		unless(!value.isNegative(), property, value, "not be negative");
		unless(value.compareTo(LONGEST) <= 0, property, value, "be at most 365 days");
	}

	private static void positive(String property, Duration value) {
		notNegative(property, value);
		unless(!value.isZero(), property, value, "be longer than zero");
	}

	/**
	 * When the connection starts.
	 *
	 * @param auto whether with the application
	 * @param failFast whether the application waits for the first OPEN and fails without
	 */
	public record Startup(boolean auto, boolean failFast) {
	}

	/**
	 * What every opening handshake sends. Values may be secrets.
	 *
	 * @param query parameters added to the address
	 * @param headers headers, names ignoring case
	 * @param subprotocols offered subprotocols, the preferred one first
	 * @param connectTimeout one deadline over customizers, DNS, TCP, TLS and upgrade
	 * @param compression whether to offer permessage-deflate (RFC 7692)
	 */
	public record Handshake(Map<String, String> query, Map<String, String> headers, List<String> subprotocols,
			Duration connectTimeout, boolean compression) {

		/**
		 * Create settings without compression.
		 * @param query parameters added to the address
		 * @param headers headers, names ignoring case
		 * @param subprotocols offered subprotocols, the preferred one first
		 * @param connectTimeout one deadline over customizers, DNS, TCP, TLS and upgrade
		 */
		public Handshake(Map<String, String> query, Map<String, String> headers, List<String> subprotocols,
				Duration connectTimeout) {
			this(query, headers, subprotocols, connectTimeout, false);
		}

		/**
		 * Create validated settings.
		 */
		public Handshake {
			query = Map.copyOf(query);
			Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			sorted.putAll(headers);
			headers = Collections.unmodifiableMap(sorted);
			subprotocols = List.copyOf(subprotocols);
			positive("connect-timeout", connectTimeout);
		}

		/**
		 * Shows names, no values; a subprotocol may be a token.
		 */
		@Override
		public String toString() {
			return "Handshake[query=" + this.query.keySet() + ", headers=" + this.headers.keySet() + ", subprotocols="
					+ this.subprotocols.size() + ", connectTimeout=" + this.connectTimeout + ", compression="
					+ this.compression + "]";
		}

	}

	/**
	 * Who the server is and who we are.
	 *
	 * @param sslBundle name of the bundle with keys and trusted certificates, or
	 * {@code null} for those of the JVM
	 * @param basic sent as HTTP basic authentication (RFC 7617), or {@code null}
	 * @param oauth2RegistrationId client registration whose token is sent as a bearer
	 * token (RFC 6750), or {@code null}
	 * @param proxy for the JVM's proxy, or {@code null}
	 */
	public record Security(@Nullable String sslBundle, @Nullable Credentials basic,
			@Nullable String oauth2RegistrationId, @Nullable Credentials proxy) {

		/** The JVM's certificates, and no credentials. */
		public static final Security DEFAULT = new Security(null, null, null, null);

		private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

		/**
		 * Create validated settings.
		 */
		public Security {
			// Both would set the same header.
			unless(basic == null || oauth2RegistrationId == null, "oauth2.registration-id", oauth2RegistrationId,
					"not be set together with 'basic.username'");
			requireSendable("basic", basic);
			requireSendable("proxy", proxy);
		}

		// RFC 7617 section 2
		private static void requireSendable(String key, @Nullable Credentials credentials) {
			if (credentials != null) {
				unless(credentials.username().indexOf(':') == -1, key + ".username", null, "not hold a colon");
				unless(!CONTROL.matcher(credentials.username()).find(), key + ".username", null,
						"hold no control character, such as a line break");
				unless(!CONTROL.matcher(credentials.password()).find(), key + ".password", null,
						"hold no control character, such as a line break");
			}
		}

	}

	/**
	 * A name and a password.
	 *
	 * @param username the name
	 * @param password the password
	 */
	public record Credentials(String username, String password) {

		/**
		 * Shows neither.
		 */
		@Override
		public String toString() {
			return "Credentials[]";
		}

	}

	/**
	 * An answer to a heartbeat that the server sends.
	 *
	 * @param pattern matches the whole text
	 * @param reply the answer, with {@code $1} to {@code $9} and {@code $$}
	 */
	public record AutoReply(Pattern pattern, String reply) {

		private static final Pattern LOOSE_DOLLAR = Pattern.compile("\\$(?![1-9$])");

		/**
		 * Create a validated rule.
		 */
		public AutoReply {
			String rest = reply.replace("$$", "");
			unless(!LOOSE_DOLLAR.matcher(rest).find(), "auto-replies.reply", null,
					"use '$' only as $1 to $9, or $$ for a dollar sign");
			int groups = pattern.matcher("").groupCount();
			for (int group = groups + 1; group <= 9; group++) {
				unless(!rest.contains("$" + group), "auto-replies.reply", null,
						"not use $" + group + ": its pattern has " + groups + " groups");
			}
		}

		/**
		 * Shows neither pattern nor reply.
		 */
		@Override
		public String toString() {
			return "AutoReply[]";
		}

	}

	/**
	 * How a dead peer is noticed.
	 *
	 * @param interval silence after which a heartbeat is sent; zero for none
	 * @param timeout how long to wait for proof of life; zero to send but never judge
	 * @param maxMissed unanswered heartbeats in a row before the connection is given up
	 * @param message the text to send, or {@code null} for a ping frame
	 * @param reply how a reply is recognised
	 * @param proof what proves life
	 */
	public record Heartbeat(Duration interval, Duration timeout, int maxMissed, @Nullable String message, Reply reply,
			Proof proof) {

		private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?!(?:timestamp|sequence|uuid)}})[^}]*}}");

		/**
		 * Create validated settings.
		 */
		public Heartbeat {
			notNegative("heartbeat.interval", interval);
			notNegative("heartbeat.timeout", timeout);
			unless(maxMissed >= 1, "heartbeat.max-missed", maxMissed, "be at least 1");
			unless(message == null || !message.isEmpty(), "heartbeat.message", null, "not be empty");
			unless(message == null || !PLACEHOLDER.matcher(message).find(), "heartbeat.message", null,
					"use no other placeholders than {{timestamp}}, {{sequence}} and {{uuid}}");
			unless(message != null || reply.isDefault(), "heartbeat.reply", null,
					"not be set without 'heartbeat.message': a ping frame is answered by a pong frame");
		}

		/**
		 * Return whether heartbeats are sent.
		 * @return {@code false} if the interval is zero
		 */
		public boolean isOn() {
			return !this.interval.isZero();
		}

		/**
		 * Return whether silence after a heartbeat ends the connection.
		 * @return {@code false} if heartbeats are off or the timeout is zero
		 */
		public boolean isJudged() {
			return isOn() && !this.timeout.isZero();
		}

		/**
		 * Shows whether there is a message, not which.
		 */
		@Override
		public String toString() {
			return "Heartbeat[interval=" + this.interval + ", timeout=" + this.timeout + ", maxMissed=" + this.maxMissed
					+ ", " + ((this.message != null) ? "text" : "ping") + ", proof=" + this.proof + "]";
		}

	}

	/**
	 * How a heartbeat's reply is recognised. All that are given must match; if none is,
	 * the reply is the heartbeat itself.
	 *
	 * @param text the whole text, or {@code null}
	 * @param contains a part of the text, or {@code null}
	 * @param pattern a pattern of the whole text, or {@code null}
	 * @param json JSON pointers with the scalar that must be there, as text
	 */
	public record Reply(@Nullable String text, @Nullable String contains, @Nullable Pattern pattern,
			Map<String, String> json) {

		/** The reply is the heartbeat itself, or the pong of its ping. */
		public static final Reply DEFAULT = new Reply(null, null, null, Map.of());

		/**
		 * Create validated settings.
		 */
		public Reply {
			json = Map.copyOf(json);
			for (String pointer : json.keySet()) {
				pointer("heartbeat.reply.json", pointer, "be a JSON pointer and a value, '/type=pong' for one");
			}
		}

		/**
		 * Return whether nothing is given.
		 * @return whether the reply is the heartbeat itself
		 */
		public boolean isDefault() {
			return this.text == null && this.contains == null && this.pattern == null && this.json.isEmpty();
		}

	}

	/**
	 * What proves life.
	 */
	public enum Proof {

		/** Every message, every piece of one and every pong. */
		ANY,

		/** Only a reply to a heartbeat. */
		REPLY

	}

	/**
	 * Whether and when to try again.
	 *
	 * @param enabled whether at all
	 * @param delay the first delay
	 * @param multiplier what each further delay is multiplied by
	 * @param maxDelay bounds the delay before jitter
	 * @param jitter part of the delay by which it may be shorter or longer, 0 to 1
	 * @param maxAttempts attempts in a row that may fail; -1 for no limit
	 * @param resetAfter how long a connection must stay open for failures to be forgotten
	 * @param stopOnCloseCodes close codes of the peer that end it at once
	 * @param stopOnHttpStatuses statuses of a refused upgrade that end it at once
	 */
	public record Reconnect(boolean enabled, Duration delay, double multiplier, Duration maxDelay, double jitter,
			int maxAttempts, Duration resetAfter, Set<Integer> stopOnCloseCodes, Set<Integer> stopOnHttpStatuses) {

		/**
		 * Create validated settings.
		 */
		public Reconnect {
			notNegative("reconnect.delay", delay);
			notNegative("reconnect.max-delay", maxDelay);
			unless(maxDelay.compareTo(delay) >= 0, "reconnect.max-delay", maxDelay,
					"not be shorter than 'reconnect.delay' (" + delay + ")");
			unless(multiplier >= 1 && multiplier <= 1000, "reconnect.multiplier", multiplier,
					"be between 1.0 (a fixed delay) and 1000");
			unless(jitter >= 0 && jitter <= 1, "reconnect.jitter", jitter, "be between 0 and 1");
			unless(maxAttempts == -1 || maxAttempts >= 1, "reconnect.max-attempts", maxAttempts,
					"be at least 1, or -1 for no limit");
			notNegative("reconnect.reset-after", resetAfter);
			stopOnCloseCodes = Set.copyOf(stopOnCloseCodes);
			stopOnHttpStatuses = Set.copyOf(stopOnHttpStatuses);
			for (int code : stopOnCloseCodes) {
				unless(code >= 1000 && code <= 4999, "reconnect.stop-on-close-codes", code, "be between 1000 and 4999");
			}
			for (int status : stopOnHttpStatuses) {
				unless(status >= 100 && status <= 599, "reconnect.stop-on-http-statuses", status,
						"be between 100 and 599");
			}
		}

	}

	/**
	 * The queue of messages to send.
	 *
	 * @param whenDisconnected what happens to messages while not OPEN
	 * @param capacity most messages that may wait
	 * @param maxBytes most bytes that may wait
	 * @param timeToLive how long a message may wait
	 * @param overflow who loses when it is full
	 * @param sendTimeout how long one write may take
	 * @param rateLimit how much may be sent, or {@code null} for no limit
	 */
	public record Outbound(WhenDisconnected whenDisconnected, int capacity, long maxBytes, Duration timeToLive,
			OutboundOverflow overflow, Duration sendTimeout, @Nullable RateLimit rateLimit) {

		/**
		 * Create settings without a rate limit.
		 * @param whenDisconnected what happens to messages while not OPEN
		 * @param capacity most messages that may wait
		 * @param maxBytes most bytes that may wait
		 * @param timeToLive how long a message may wait
		 * @param overflow who loses when it is full
		 * @param sendTimeout how long one write may take
		 */
		public Outbound(WhenDisconnected whenDisconnected, int capacity, long maxBytes, Duration timeToLive,
				OutboundOverflow overflow, Duration sendTimeout) {
			this(whenDisconnected, capacity, maxBytes, timeToLive, overflow, sendTimeout, null);
		}

		/**
		 * Create validated settings.
		 */
		public Outbound {
			Objects.requireNonNull(whenDisconnected, "'whenDisconnected' must not be null");
			Objects.requireNonNull(overflow, "'overflow' must not be null");
			unless(capacity >= 1, "outbound.capacity", capacity, "be at least 1");
			unless(maxBytes >= 1, "outbound.max-bytes", maxBytes, "be at least 1 byte");
			positive("outbound.time-to-live", timeToLive);
			positive("outbound.send-timeout", sendTimeout);
		}

	}

	/**
	 * How much may be sent: a bucket of {@code messages} tokens, each of which returns a
	 * {@code period} after it was taken, so no period sees more. Everything we send takes
	 * one, heartbeats and first messages included; the container's own pongs and the
	 * close frame do not.
	 *
	 * @param messages most messages in any period
	 * @param period the period
	 */
	public record RateLimit(int messages, Duration period) {

		private static final int MOST_MESSAGES = 100_000;

		/**
		 * Create a validated limit.
		 */
		public RateLimit {
			unless(messages >= 1 && messages <= MOST_MESSAGES, "outbound.rate-limit", messages,
					"allow 1 to " + MOST_MESSAGES + " messages in its period");
			String text = messages + "/" + period;
			unless(period.compareTo(Duration.ZERO) > 0, "outbound.rate-limit", text, "have a period longer than zero");
			unless(period.compareTo(LONGEST) <= 0, "outbound.rate-limit", text, "have a period of at most 365 days");
		}

		/**
		 * Return the time after which the next one may be sent, on average.
		 * @return a duration, zero if it is below a nanosecond
		 */
		public Duration interval() {
			return this.period.dividedBy(this.messages);
		}

		@Override
		public String toString() {
			return this.messages + "/" + this.period;
		}

	}

	/**
	 * What happens to messages while not OPEN.
	 */
	public enum WhenDisconnected {

		/** They wait for the next socket. */
		QUEUE,

		/** They fail, and so does at a disconnect all that was not yet written. */
		REJECT

	}

	/**
	 * Who loses when the outbound queue is full.
	 */
	public enum OutboundOverflow {

		/** The new message. */
		REJECT,

		/** The oldest message. */
		DROP_OLDEST

	}

	/**
	 * The log of messages received.
	 *
	 * @param capacity most messages that may wait for listeners
	 * @param maxBytes when as many bytes wait, it is full
	 * @param overflow what happens when it is full
	 * @param dispatch which thread runs listeners
	 * @param maxSilence how long no message may come, or {@code null} for no limit
	 * @param onSilence what happens when none came for that long
	 */
	public record Inbound(int capacity, long maxBytes, InboundOverflow overflow, Dispatch dispatch,
			@Nullable Duration maxSilence, OnSilence onSilence) {

		/**
		 * Create settings of a log that is {@linkplain Dispatch#QUEUED queued} and does
		 * not judge silence.
		 * @param capacity most messages that may wait for listeners
		 * @param maxBytes when as many bytes wait, it is full
		 * @param overflow what happens when it is full
		 */
		public Inbound(int capacity, long maxBytes, InboundOverflow overflow) {
			this(capacity, maxBytes, overflow, Dispatch.QUEUED, null, OnSilence.REPORT);
		}

		/**
		 * Create validated settings.
		 */
		public Inbound {
			Objects.requireNonNull(overflow, "'overflow' must not be null");
			Objects.requireNonNull(dispatch, "'dispatch' must not be null");
			Objects.requireNonNull(onSilence, "'onSilence' must not be null");
			if (maxSilence != null) {
				positive("inbound.max-silence", maxSilence);
			}
			unless(capacity >= 1, "inbound.capacity", capacity, "be at least 1");
			unless(maxBytes >= 1, "inbound.max-bytes", maxBytes, "be at least 1 byte");
		}

	}

	/**
	 * What happens when the inbound log is full.
	 */
	public enum InboundOverflow {

		/** Reading pauses: TCP back-pressure. */
		PAUSE,

		/** The oldest message is discarded and counted. */
		DROP_OLDEST

	}

	/**
	 * Which thread runs listeners.
	 */
	public enum Dispatch {

		/** A listener thread: listeners may block. */
		QUEUED,

		/** The thread that reads from the socket, for latency: they must not block. */
		DIRECT

	}

	/**
	 * What happens when no message came for {@code inbound.max-silence}.
	 */
	public enum OnSilence {

		/** It is told, by event, metric and health detail. */
		REPORT,

		/** It is told, and the socket is replaced. */
		RECONNECT

	}

	/**
	 * How replies find their requests.
	 *
	 * @param id JSON pointer to the id of a request, or {@code null} if there are no
	 * requests
	 * @param replyId JSON pointer to the id of the request in its reply, or {@code null}
	 * if it is the same
	 * @param timeout how long to wait for a reply
	 * @param maxPending most requests that may wait for a reply
	 */
	public record Request(@Nullable String id, @Nullable String replyId, Duration timeout, int maxPending) {

		/**
		 * Create validated settings.
		 */
		public Request {
			pointer("request.id", id, "be a JSON pointer, '/id' for one");
			pointer("request.reply-id", replyId, "be a JSON pointer, '/id' for one");
			unless(replyId == null || id != null, "request.reply-id", replyId, "not be set without 'request.id'");
			replyId = (replyId != null) ? replyId : id;
			positive("request.timeout", timeout);
			unless(maxPending >= 1, "request.max-pending", maxPending, "be at least 1");
		}

	}

	/**
	 * What health says while it is not open.
	 *
	 * @param gracePeriod how long reconnecting stays UP
	 * @param stoppedStatus the status when closed on purpose
	 */
	public record Health(Duration gracePeriod, StoppedStatus stoppedStatus) {

		/**
		 * Create validated settings.
		 */
		public Health {
			notNegative("health.grace-period", gracePeriod);
			Objects.requireNonNull(stoppedStatus, "'stoppedStatus' must not be null");
		}

	}

	/**
	 * The health status of a connection that was closed on purpose.
	 */
	public enum StoppedStatus {

		/** UNKNOWN. */
		UNKNOWN,

		/** OUT_OF_SERVICE. */
		OUT_OF_SERVICE

	}

	/**
	 * What is shown of it beyond events, metrics and health.
	 *
	 * @param observed whether messages, requests and handshakes are observations
	 * @param loggedPayload most bytes of a payload that may be logged
	 */
	public record Diagnostics(boolean observed, long loggedPayload) {

		/** Observations, and no payload. */
		public static final Diagnostics DEFAULT = new Diagnostics(true, 0);

		private static final long MOST_LOGGED = 64 * 1024;

		/**
		 * Create validated settings.
		 */
		public Diagnostics {
			unless(loggedPayload >= 0 && loggedPayload <= MOST_LOGGED, "log-payloads", loggedPayload,
					"be between 0B and 64KB");
		}

	}

	/**
	 * Builds settings from the documented defaults. Not thread-safe.
	 */
	public static final class Builder {

		private final String name;

		private List<URI> urls = List.of();

		private @Nullable String group;

		private Security security = Security.DEFAULT;

		private Startup startup = new Startup(true, false);

		private Handshake handshake = new Handshake(Map.of(), Map.of(), List.of(), Duration.ofSeconds(10));

		private Duration closeTimeout = Duration.ofSeconds(5);

		private long maxMessageSize = 1024 * 1024;

		private List<Pattern> ignore = List.of();

		private List<AutoReply> autoReplies = List.of();

		private List<String> onOpen = List.of();

		private Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), 1, null,
				Reply.DEFAULT, Proof.ANY);

		private Reconnect reconnect = new Reconnect(true, Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 0.5, -1,
				Duration.ofSeconds(10), Set.of(), Set.of());

		private Outbound outbound = new Outbound(WhenDisconnected.QUEUE, 1000, 8 * 1024 * 1024, Duration.ofSeconds(30),
				OutboundOverflow.REJECT, Duration.ofSeconds(10));

		private Inbound inbound = new Inbound(256, 8 * 1024 * 1024, InboundOverflow.PAUSE);

		private Request request = new Request(null, null, Duration.ofSeconds(10), 1000);

		private Health health = new Health(Duration.ofSeconds(60), StoppedStatus.UNKNOWN);

		private Diagnostics diagnostics = Diagnostics.DEFAULT;

		private Builder(String name) {
			this.name = name;
		}

		/**
		 * Set the address.
		 * @param url an absolute ws or wss address
		 * @return this
		 */
		public Builder url(URI url) {
			return urls(List.of(url));
		}

		/**
		 * Set the address.
		 * @param url an absolute ws or wss address
		 * @return this
		 * @throws InvalidSettingException if it is malformed
		 */
		public Builder url(String url) {
			try {
				return url(new URI(url.trim()));
			}
			catch (URISyntaxException ex) {
				// Its text would show the address with its secrets.
				throw new InvalidSettingException("url", null, "be a valid address, such as wss://example.com/ws");
			}
		}

		/**
		 * Set several addresses of one service.
		 * @param urls absolute ws or wss addresses, in the order in which to try them
		 * @return this
		 */
		public Builder urls(List<URI> urls) {
			this.urls = urls;
			return this;
		}

		/**
		 * Set whose metrics and health entry it shares.
		 * @param group the name of the group, or {@code null} for its own
		 * @return this
		 */
		public Builder group(@Nullable String group) {
			this.group = group;
			return this;
		}

		/**
		 * Set who the server is and who we are.
		 * @param security the settings
		 * @return this
		 */
		public Builder security(Security security) {
			this.security = security;
			return this;
		}

		/**
		 * Set when the connection starts.
		 * @param startup the settings
		 * @return this
		 */
		public Builder startup(Startup startup) {
			this.startup = startup;
			return this;
		}

		/**
		 * Set what every opening handshake sends.
		 * @param handshake the settings
		 * @return this
		 */
		public Builder handshake(Handshake handshake) {
			this.handshake = handshake;
			return this;
		}

		/**
		 * Set the bound of an orderly close.
		 * @param closeTimeout a positive duration
		 * @return this
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = closeTimeout;
			return this;
		}

		/**
		 * Set the largest inbound message.
		 * @param maxMessageSize a number of bytes
		 * @return this
		 */
		public Builder maxMessageSize(long maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
			return this;
		}

		/**
		 * Set which whole texts are not messages.
		 * @param ignore the patterns
		 * @return this
		 */
		public Builder ignore(List<Pattern> ignore) {
			this.ignore = ignore;
			return this;
		}

		/**
		 * Set the answers to heartbeats of the server.
		 * @param autoReplies the rules
		 * @return this
		 */
		public Builder autoReplies(List<AutoReply> autoReplies) {
			this.autoReplies = autoReplies;
			return this;
		}

		/**
		 * Set the texts sent right after every open.
		 * @param onOpen the texts
		 * @return this
		 */
		public Builder onOpen(List<String> onOpen) {
			this.onOpen = onOpen;
			return this;
		}

		/**
		 * Set how a dead peer is noticed.
		 * @param heartbeat the settings
		 * @return this
		 */
		public Builder heartbeat(Heartbeat heartbeat) {
			this.heartbeat = heartbeat;
			return this;
		}

		/**
		 * Set whether and when to try again.
		 * @param reconnect the settings
		 * @return this
		 */
		public Builder reconnect(Reconnect reconnect) {
			this.reconnect = reconnect;
			return this;
		}

		/**
		 * Set the queue of messages to send.
		 * @param outbound the settings
		 * @return this
		 */
		public Builder outbound(Outbound outbound) {
			this.outbound = outbound;
			return this;
		}

		/**
		 * Set the log of messages received.
		 * @param inbound the settings
		 * @return this
		 */
		public Builder inbound(Inbound inbound) {
			this.inbound = inbound;
			return this;
		}

		/**
		 * Set how replies find their requests.
		 * @param request the settings
		 * @return this
		 */
		public Builder request(Request request) {
			this.request = request;
			return this;
		}

		/**
		 * Set what health says while it is not open.
		 * @param health the settings
		 * @return this
		 */
		public Builder health(Health health) {
			this.health = health;
			return this;
		}

		/**
		 * Set what is shown of it beyond events, metrics and health.
		 * @param diagnostics the settings
		 * @return this
		 */
		public Builder diagnostics(Diagnostics diagnostics) {
			this.diagnostics = diagnostics;
			return this;
		}

		/**
		 * Validate and build.
		 * @return the settings
		 * @throws InvalidSettingException if a value is not usable
		 */
		public ConnectionSettings build() {
			return new ConnectionSettings(this.name, this.urls, this.group, this.startup, this.handshake, this.security,
					this.closeTimeout, this.maxMessageSize, this.ignore, this.autoReplies, this.onOpen, this.heartbeat,
					this.reconnect, this.outbound, this.inbound, this.request, this.health, this.diagnostics);
		}

	}

}
