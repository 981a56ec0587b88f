package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.github.websocketresilience.CloseCode;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.ReconnectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The default policy: backs off and tries again after everything but a stop rule, with
 * the exceptions that the meaning of close codes and HTTP statuses asks for.
 */
public final class StandardReconnectPolicy implements ReconnectPolicy {

	private static final int REPEATED = 3;

	private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

	// 1004 is reserved and 1015 never sent; Tomcat's client turns both, 1012 and 1013
	// among them, into 1002.
	private static final Set<Integer> MISUSE_CODES = Set.of(CloseCode.PROTOCOL_ERROR.code(),
			CloseCode.UNSUPPORTED_DATA.code(), CloseCode.INVALID_PAYLOAD.code(), CloseCode.MISSING_EXTENSION.code(),
			CloseCode.TLS_HANDSHAKE.code());

	private static final Set<Integer> MISUSE_STATUSES = Set.of(400, 404, 405, 426);

	private static final Set<Integer> RETRY_AFTER_STATUSES = Set.of(408, 425, 429);

	@Override
	public Optional<Duration> next(Context context) {
		return stops(context) ? Optional.empty() : Optional.of(delay(context));
	}

	private static boolean stops(Context context) {
		Reconnect settings = context.settings().reconnect();
		Disconnect disconnect = context.disconnect();
		boolean exhausted = settings.maxAttempts() != -1 && context.failures() >= settings.maxAttempts();
		return !settings.enabled() || exhausted || contains(settings.stopOnHttpStatuses(), disconnect.httpStatus())
				|| contains(settings.stopOnCloseCodes(), disconnect.closeCode());
	}

	private static Duration delay(Context context) {
		ExponentialBackoff backoff = new ExponentialBackoff(context.settings().reconnect(), context.random());
		Disconnect disconnect = context.disconnect();
		if (isClosedWith(disconnect, CloseCode.SERVICE_RESTART)) {
			return backoff.between(Duration.ofSeconds(5), Duration.ofSeconds(30));
		}
		boolean wholeRound = context.failures() % context.urls() == 0;
		if (isClosedWith(disconnect, CloseCode.TRY_AGAIN_LATER)) {
			boolean another = context.urls() > 1 && (context.failures() == 0 || !wholeRound);
			return another ? Duration.ZERO : backoff.longest();
		}
		if (!wholeRound) {
			// Another address has not been tried since the last delay.
			return Duration.ZERO;
		}
		if (disconnect.isUnauthorized()) {
			boolean freshCredentials = context.customized() && context.equalFailures() == 1;
			return freshCredentials ? backoff.between(Duration.ZERO, Duration.ofSeconds(1)) : backoff.longest();
		}
		if (isTooBig(disconnect) || (isMisuse(disconnect) && context.equalFailures() >= REPEATED)) {
			return backoff.longest();
		}
		Duration usual = backoff.after(context.failures() / context.urls());
		return honoursRetryAfter(disconnect) ? atLeast(disconnect.retryAfter(), usual) : usual;
	}

	private static boolean isTooBig(Disconnect disconnect) {
		return disconnect.kind() == Kind.MESSAGE_TOO_BIG || isClosedWith(disconnect, CloseCode.MESSAGE_TOO_BIG);
	}

	private static boolean isMisuse(Disconnect disconnect) {
		return disconnect.kind() == Kind.PROTOCOL_ERROR || disconnect.kind() == Kind.HANDSHAKE_INVALID
				|| contains(MISUSE_CODES, disconnect.closeCode()) || contains(MISUSE_STATUSES, disconnect.httpStatus());
	}

	private static boolean honoursRetryAfter(Disconnect disconnect) {
		Integer status = disconnect.httpStatus();
		return status != null && (status >= 500 || RETRY_AFTER_STATUSES.contains(status));
	}

	private static Duration atLeast(@Nullable Duration asked, Duration usual) {
		if (asked == null || asked.compareTo(usual) < 0) {
			return usual;
		}
		return (asked.compareTo(LONGEST_RETRY_AFTER) < 0) ? asked : LONGEST_RETRY_AFTER;
	}

	private static boolean isClosedWith(Disconnect disconnect, CloseCode code) {
		return disconnect.closeCode() != null && disconnect.closeCode() == code.code();
	}

	private static boolean contains(Set<Integer> set, @Nullable Integer value) {
		return value != null && set.contains(value);
	}

}
