package io.github.websocketresilience.transport;

import javax.net.ssl.SSLContext;

/**
 * Knows the keys and trusted certificates behind the names that
 * {@code ConnectionSettings.Security#sslBundle()} gives. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SslContexts {

	/**
	 * Return what a TLS handshake is made with. Asked for every attempt, on its thread,
	 * so that what has changed is used; it may block.
	 * @param bundle the name of a bundle
	 * @return its keys and trusted certificates as they are now
	 * @throws RuntimeException if there is no such bundle or it cannot be used, which
	 * fails the attempt
	 */
	SSLContext of(String bundle);

}
