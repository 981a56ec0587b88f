package io.github.websocketresilience.sample.server;

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

		/**
		 * Create an exception.
		 * @param message what the client is told, at most 123 bytes
		 */
		UnspeakableException(String message) {
			super(message);
		}

	}

}
