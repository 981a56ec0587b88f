package io.github.websocketresilience.test;

import java.util.function.Consumer;

/**
 * Something the server does on a connection.
 *
 * @param afterOpening whether it has to wait for the end of the opening handshake
 * @param action what is done
 */
record Step(boolean afterOpening, Action action) {

	static Step afterOpening(Consumer<ServerConnection> action) {
		return new Step(true, (connection, done) -> {
			action.accept(connection);
			done.run();
		});
	}

	static Step atOnce(Consumer<ServerConnection> action) {
		return new Step(false, (connection, done) -> {
			action.accept(connection);
			done.run();
		});
	}

	/**
	 * Something that may take its time.
	 */
	@FunctionalInterface
	interface Action {

		/**
		 * Begin, on the event loop.
		 * @param connection where to do it
		 * @param done to be run on the event loop when it is done
		 */
		void begin(ServerConnection connection, Runnable done);

	}

}
