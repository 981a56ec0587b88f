package io.github.websocketresilience.metrics;

import io.github.websocketresilience.CloseCode;
import org.jspecify.annotations.Nullable;

/**
 * Classes of close codes (RFC 6455 section 7.4): few, whatever a peer sends.
 */
final class CloseCodeClass {

	private CloseCodeClass() {
	}

	static String of(@Nullable Integer code) {
		if (code == null || isNeverSent(code)) {
			return "none";
		}
		if (code == CloseCode.NORMAL.code() || code == CloseCode.GOING_AWAY.code()) {
			return code.toString();
		}
		return switch (code / 1000) {
			case 1 -> "1xxx";
			case 3 -> "3xxx";
			case 4 -> "4xxx";
			default -> "other";
		};
	}

	// RFC 6455 section 7.4.1: they stand for the lack of a code
	private static boolean isNeverSent(int code) {
		return code == CloseCode.NO_STATUS.code() || code == CloseCode.ABNORMAL.code()
				|| code == CloseCode.TLS_HANDSHAKE.code();
	}

}
