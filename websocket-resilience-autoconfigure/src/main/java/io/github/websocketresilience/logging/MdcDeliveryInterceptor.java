package io.github.websocketresilience.logging;

import io.github.websocketresilience.DeliveryInterceptor;

/**
 * Puts the name of the connection into the MDC while a listener runs, so that what the
 * listener logs can be told apart. Afterwards, also after an exception, what was there
 * before is there again. The MDC belongs to the thread: what a listener hands to another
 * one is logged without it.
 */
public final class MdcDeliveryInterceptor implements DeliveryInterceptor {

	/**
	 * The key of the name, {@value}, the same as of the key-value on lines of ours.
	 */
	public static final String KEY = "websocket.connection";

	@Override
	public void intercept(Delivery delivery, Runnable call) {
		ConnectionInMdc.run(delivery.connection().name(), call);
	}

}
