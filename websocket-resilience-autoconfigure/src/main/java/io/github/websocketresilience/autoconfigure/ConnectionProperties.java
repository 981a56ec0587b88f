package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.StoppedStatus;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.Delimiter;
import org.springframework.util.unit.DataSize;

/**
 * Properties of one connection, as text where we judge it ourselves: Boot's own analysis
 * of a URL or a pattern would print what may be secret.
 *
 * @param url Address of the server, beginning with ws:// or wss://. Without it there is
 * no connection.
 * @param urls Addresses of the server, in place of one, in the order in which they are
 * tried: after a failure the next one at once, the delay only when all have failed.
 * @param query Query parameters sent with every handshake. Values may be secrets.
 * @param headers Headers sent with every handshake. Values may be secrets.
 * @param subprotocols Subprotocols offered with every handshake, the preferred one first.
 * @param autoStartup Whether to start with the application.
 * @param failFast Whether to wait at startup until the connection is open, and to fail if
 * it is not within the connect timeout.
 * @param compression Whether to offer compression of messages (permessage-deflate).
 * @param connectTimeout Deadline of one attempt, over name resolution, TCP, TLS and
 * upgrade.
 * @param closeTimeout Deadline of an orderly close, in which queued messages are sent and
 * received ones delivered.
 * @param maxMessageSize Maximum size of an inbound message.
 * @param ignore Regular expressions of whole texts that are not messages, such as
 * greetings. They prove life and are not delivered.
 * @param group Name under which the connection shares metrics and a health entry with
 * others. If not set, it has its own.
 * @param ssl how the server proves who it is, and we to it
 * @param basic name and password for the server
 * @param oauth2 token for the server
 * @param proxy name and password for a proxy
 * @param heartbeat how a dead peer is noticed
 * @param autoReplies Answers to heartbeats that the server sends, each with a "pattern"
 * for the whole text and a "reply" that may use $1 to $9, and $$ for a dollar sign. What
 * matches is not delivered.
 * @param onOpen what is sent right after every open
 * @param reconnect whether and when to try again
 * @param outbound the queue of messages to send
 * @param inbound the log of messages received
 * @param request how replies find their requests
 * @param health what health says
 * @param observation what is observed
 * @param logPayloads Maximum size of the part of a payload that may be logged.
 */
@ConfigurationProperties("resilient.websocket")
record ConnectionProperties(@BelongsTo(Owner.SERVER) @Nullable String url,
		@BelongsTo(Owner.SERVER) @DefaultValue List<String> urls,
		@BelongsTo(Owner.SERVER) @DefaultValue Map<String, String> query,
		@BelongsTo(Owner.SERVER) @DefaultValue Map<String, String> headers,
		@BelongsTo(Owner.SERVER) @DefaultValue List<String> subprotocols,
		@BelongsTo(Owner.POLICY) @DefaultValue("true") boolean autoStartup,
		@BelongsTo(Owner.POLICY) @DefaultValue("false") boolean failFast,
		@BelongsTo(Owner.POLICY) @DefaultValue("false") boolean compression,
		@BelongsTo(Owner.POLICY) @DefaultValue("10s") Duration connectTimeout,
		@BelongsTo(Owner.POLICY) @DefaultValue("5s") Duration closeTimeout,
		@BelongsTo(Owner.POLICY) @DefaultValue("1MB") DataSize maxMessageSize,
		@BelongsTo(Owner.SERVER) @Delimiter(Delimiter.NONE) @DefaultValue List<String> ignore,
		@BelongsTo(Owner.SERVER) @Nullable String group, @DefaultValue Ssl ssl, @DefaultValue Basic basic,
		@DefaultValue Oauth2 oauth2, @DefaultValue Proxy proxy, @DefaultValue Heartbeat heartbeat,
		@BelongsTo(Owner.SERVER) @DefaultValue List<AutoReply> autoReplies, @DefaultValue OnOpen onOpen,
		@DefaultValue Reconnect reconnect, @DefaultValue Outbound outbound, @DefaultValue Inbound inbound,
		@DefaultValue Request request, @DefaultValue Health health, @DefaultValue Observation observation,
		@BelongsTo(Owner.SERVER) @DefaultValue("0B") DataSize logPayloads) {

	/**
	 * Shows no value: many may be secrets.
	 */
	@Override
	public String toString() {
		return "ConnectionProperties[]";
	}

	/**
	 * How the server proves who it is, and we to it.
	 *
	 * @param bundle Name of the SSL bundle with the trusted certificates, and with our
	 * own certificate if the server wants one. If not set, those of the JVM are used.
	 */
	record Ssl(@BelongsTo(Owner.SERVER) @Nullable String bundle) {
	}

	/**
	 * Name and password for the server.
	 *
	 * @param username User name sent to the server with every handshake (basic
	 * authentication).
	 * @param password Password sent to the server with every handshake.
	 */
	record Basic(@BelongsTo(Owner.SERVER) @Nullable String username,
			@BelongsTo(Owner.SERVER) @Nullable String password) {

		/**
		 * Shows neither.
		 */
		@Override
		public String toString() {
			return "Basic[]";
		}

	}

	/**
	 * Token for the server.
	 *
	 * @param registrationId Client registration of Spring Security whose token is sent to
	 * the server with every handshake.
	 */
	record Oauth2(@BelongsTo(Owner.SERVER) @Nullable String registrationId) {
	}

	/**
	 * Name and password for a proxy.
	 *
	 * @param username User name for the proxy that the JVM is told to use.
	 * @param password Password for the proxy that the JVM is told to use.
	 */
	record Proxy(@BelongsTo(Owner.SERVER) @Nullable String username,
			@BelongsTo(Owner.SERVER) @Nullable String password) {

		/**
		 * Shows neither.
		 */
		@Override
		public String toString() {
			return "Proxy[]";
		}

	}

	/**
	 * How a dead peer is noticed.
	 *
	 * @param interval Silence after which a heartbeat is sent. Zero switches heartbeats
	 * off.
	 * @param timeout Time to wait for proof of life after a heartbeat. Zero means to send
	 * heartbeats without judging the silence after them.
	 * @param maxMissed Unanswered heartbeats in a row after which the connection is given
	 * up.
	 * @param message Text to send as a heartbeat, in which {{timestamp}}, {{sequence}}
	 * and {{uuid}} are replaced. If not set, a ping frame is sent.
	 * @param reply how a reply is recognised
	 * @param proof What proves that the peer is alive.
	 */
	record Heartbeat(@BelongsTo(Owner.POLICY) @DefaultValue("25s") Duration interval,
			@BelongsTo(Owner.POLICY) @DefaultValue("10s") Duration timeout,
			@BelongsTo(Owner.POLICY) @DefaultValue("1") int maxMissed,
			@BelongsTo(Owner.SERVER) @Nullable String message, @DefaultValue Reply reply,
			@BelongsTo(Owner.POLICY) @DefaultValue("any") Proof proof) {
	}

	/**
	 * How a reply to a heartbeat is recognised. All that are given must match.
	 *
	 * @param text Whole text of a reply. If nothing else is set either, a reply is the
	 * heartbeat's own text.
	 * @param contains Part of the text of a reply.
	 * @param pattern Regular expression of the whole text of a reply.
	 * @param json JSON pointers and the values there that make a text a reply, such as
	 * "/type=pong".
	 */
	record Reply(@BelongsTo(Owner.SERVER) @Nullable String text, @BelongsTo(Owner.SERVER) @Nullable String contains,
			@BelongsTo(Owner.SERVER) @Nullable String pattern,
			@BelongsTo(Owner.SERVER) @Delimiter(Delimiter.NONE) @DefaultValue List<String> json) {
	}

	/**
	 * An answer to a heartbeat that the server sends.
	 *
	 * @param pattern Regular expression of the whole text.
	 * @param reply Answer, with $1 to $9 for groups of the pattern.
	 */
	record AutoReply(@BelongsTo(Owner.SERVER) @Nullable String pattern,
			@BelongsTo(Owner.SERVER) @Nullable String reply) {
	}

	/**
	 * What is sent right after every open.
	 *
	 * @param send Texts to send, in order, before everything that is queued. Values may
	 * be secrets.
	 */
	record OnOpen(@BelongsTo(Owner.SERVER) @Delimiter(Delimiter.NONE) @DefaultValue List<String> send) {
	}

	/**
	 * Whether and when to try again.
	 *
	 * @param enabled Whether to reconnect.
	 * @param delay Delay before the first reconnect.
	 * @param multiplier Factor by which the delay grows with every failure. With 1.0 the
	 * delay is fixed.
	 * @param maxDelay Upper bound of the delay before jitter. If not set, 30 seconds, or
	 * the delay if that is longer.
	 * @param jitter Part of the delay, from 0 to 1, by which it is randomly shortened or
	 * lengthened.
	 * @param maxAttempts Attempts in a row that may fail before it gives up. With -1 it
	 * never does.
	 * @param resetAfter Time that a connection must stay open for earlier failures to be
	 * forgotten.
	 * @param stopOnCloseCodes Close codes of the server that end the connection for good.
	 * @param stopOnHttpStatuses HTTP statuses of a refused upgrade that end the
	 * connection for good.
	 */
	record Reconnect(@BelongsTo(Owner.POLICY) @DefaultValue("true") boolean enabled,
			@BelongsTo(Owner.POLICY) @DefaultValue("1s") Duration delay,
			@BelongsTo(Owner.POLICY) @DefaultValue("2.0") double multiplier,
			@BelongsTo(Owner.POLICY) @Nullable Duration maxDelay,
			@BelongsTo(Owner.POLICY) @DefaultValue("0.5") double jitter,
			@BelongsTo(Owner.POLICY) @DefaultValue("-1") int maxAttempts,
			@BelongsTo(Owner.POLICY) @DefaultValue("10s") Duration resetAfter,
			@BelongsTo(Owner.SERVER) @DefaultValue Set<Integer> stopOnCloseCodes,
			@BelongsTo(Owner.SERVER) @DefaultValue Set<Integer> stopOnHttpStatuses) {
	}

	/**
	 * The queue of messages to send.
	 *
	 * @param whenDisconnected What happens to messages while the connection is not open.
	 * @param capacity Maximum number of messages that wait to be sent.
	 * @param maxBytes Maximum size of all messages that wait to be sent.
	 * @param timeToLive Time that a message may wait to be sent.
	 * @param overflow Which message fails when too many wait.
	 * @param sendTimeout Time that one write may take before the connection counts as
	 * dead.
	 * @param rateLimit Maximum number of messages in any period, such as "10/1s",
	 * heartbeats and first messages included. If not set, there is no limit.
	 */
	record Outbound(@BelongsTo(Owner.POLICY) @DefaultValue("queue") WhenDisconnected whenDisconnected,
			@BelongsTo(Owner.POLICY) @DefaultValue("1000") int capacity,
			@BelongsTo(Owner.POLICY) @DefaultValue("8MB") DataSize maxBytes,
			@BelongsTo(Owner.POLICY) @DefaultValue("30s") Duration timeToLive,
			@BelongsTo(Owner.POLICY) @DefaultValue("reject") OutboundOverflow overflow,
			@BelongsTo(Owner.POLICY) @DefaultValue("10s") Duration sendTimeout,
			@BelongsTo(Owner.POLICY) @Nullable String rateLimit) {
	}

	/**
	 * The log of messages received.
	 *
	 * @param capacity Maximum number of messages that wait for listeners.
	 * @param maxBytes Size of all waiting messages from which on no more are taken.
	 * @param overflow What happens when too many messages wait.
	 * @param dispatch Thread that calls listeners: one of their own, or the one that
	 * reads from the socket, for latency, which they must not block.
	 * @param maxSilence Time without a message after which the feed counts as silent. If
	 * not set, it never does.
	 * @param onSilence What happens when the feed is silent: it is reported, or the
	 * connection is replaced as well.
	 */
	record Inbound(@BelongsTo(Owner.POLICY) @DefaultValue("256") int capacity,
			@BelongsTo(Owner.POLICY) @DefaultValue("8MB") DataSize maxBytes,
			@BelongsTo(Owner.POLICY) @DefaultValue("pause") InboundOverflow overflow,
			@BelongsTo(Owner.POLICY) @DefaultValue("queued") Dispatch dispatch,
			@BelongsTo(Owner.POLICY) @Nullable Duration maxSilence,
			@BelongsTo(Owner.POLICY) @DefaultValue("report") OnSilence onSilence) {
	}

	/**
	 * How replies find their requests.
	 *
	 * @param id JSON pointer to the identifier of a request, such as "/id". Without it
	 * there are no requests.
	 * @param replyId JSON pointer to the identifier of the request in its reply. If not
	 * set, it is where the request has it.
	 * @param timeout Time to wait for a reply.
	 * @param maxPending Maximum number of requests that wait for a reply.
	 */
	record Request(@BelongsTo(Owner.SERVER) @Nullable String id, @BelongsTo(Owner.SERVER) @Nullable String replyId,
			@BelongsTo(Owner.SERVER) @DefaultValue("10s") Duration timeout,
			@BelongsTo(Owner.SERVER) @DefaultValue("1000") int maxPending) {
	}

	/**
	 * What health says.
	 *
	 * @param gracePeriod Time that a reconnecting connection stays up.
	 * @param stoppedStatus Health status of a connection that was closed on purpose.
	 */
	record Health(@BelongsTo(Owner.POLICY) @DefaultValue("60s") Duration gracePeriod,
			@BelongsTo(Owner.POLICY) @DefaultValue("unknown") StoppedStatus stoppedStatus) {
	}

	/**
	 * What is observed.
	 *
	 * @param enabled Whether to make an observation of each message, request and
	 * handshake.
	 */
	record Observation(@BelongsTo(Owner.POLICY) @DefaultValue("true") boolean enabled) {
	}

}
