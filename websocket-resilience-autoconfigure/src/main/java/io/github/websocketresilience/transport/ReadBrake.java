package io.github.websocketresilience.transport;

/**
 * Stops and continues reading from one session, so that TCP holds the peer back.
 */
interface ReadBrake {

	/**
	 * Stop. Called by the reader, inside its callback.
	 */
	void pause();

	/**
	 * Go on. Called by any thread, once for each pause; returns at once.
	 */
	void resume();

	/**
	 * The reader begins a callback.
	 */
	void callbackBegins();

	/**
	 * The reader's callback is about to return.
	 */
	void callbackEnds();

	/**
	 * The session is given up: nothing may wait any more.
	 */
	void release();

}
