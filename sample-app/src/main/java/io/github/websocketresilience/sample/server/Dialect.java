package io.github.websocketresilience.sample.server;

import org.springframework.web.socket.CloseStatus;

/**
 * What is spoken on a socket.
 */
interface Dialect {

	/**
	 * Greet a client.
	 * @param socket its socket
	 */
	default void opened(ClientSocket socket) {
	}

	/**
	 * Take what a client says.
	 * @param socket its socket
	 * @param text what it says
	 * @throws UnspeakableException if that makes no sense
	 */
	void received(ClientSocket socket, String text) throws UnspeakableException;

	/**
	 * A client said what makes no sense: its socket is closed with 1003.
	 */
	class UnspeakableException extends Exception {

		private static final long serialVersionUID = 1L;

		private final CloseStatus status;

		/**
		 * Create an exception.
		 * @param reason what the client is told, at most 123 bytes
		 */
		UnspeakableException(String reason) {
			super(reason);
			this.status = CloseStatus.NOT_ACCEPTABLE.withReason(reason);
		}

		/**
		 * Return how the socket is closed.
		 * @return code and reason
		 */
		CloseStatus status() {
			return this.status;
		}

	}

}
