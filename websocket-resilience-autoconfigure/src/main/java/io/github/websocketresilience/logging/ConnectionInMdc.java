package io.github.websocketresilience.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The name of a connection in the MDC while something runs, and what was there before
 * afterwards.
 */
final class ConnectionInMdc {

	private ConnectionInMdc() {
	}

	/**
	 * Run something.
	 * @param connection the name, or {@code null} for none
	 * @param action what to run
	 */
	static void run(@Nullable String connection, Runnable action) {
		String before = MDC.get(MdcDeliveryInterceptor.KEY);
		set(connection);
		try {
			action.run();
		}
		finally {
			set(before);
		}
	}

	private static void set(@Nullable String connection) {
		if (connection != null) {
			MDC.put(MdcDeliveryInterceptor.KEY, connection);
		}
		else {
			MDC.remove(MdcDeliveryInterceptor.KEY);
		}
	}

}
