package io.github.websocketresilience.transport;

/**
 * What keeps the handshakes of a transport within bounds.
 *
 * @param abandoned counts threads that work for nobody any more
 * @param lookup looks host names up
 */
record HandshakeLimits(AbandonedHandshakes abandoned, HostLookup lookup) {

	/** How many bytes an answer to the upgrade may have. */
	static final int LONGEST_ANSWER = 256 * 1024;

}
