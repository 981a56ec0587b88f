package io.github.websocketresilience;

import java.util.concurrent.CompletionStage;

/**
 * Sees the messages of connections, apart from what listeners make of them: for logs and
 * observations. What it throws is told, and costs no message. First messages, heartbeats
 * and automatic replies are not seen.
 */
@FunctionalInterface
public interface MessageObserver {

	/**
	 * Take note of a message or a request that is about to be sent. Called on the thread
	 * that sends, which it must not block.
	 * @param sending what is about to be sent
	 */
	void onSend(Sending sending);

	/**
	 * Take note of a message that is about to be given to listeners. Called once, on
	 * their thread, also if there is none.
	 * @param connection the connection it came from
	 * @param message the message
	 */
	default void onReceive(WebSocketConnection connection, Message message) {
	}

	/**
	 * Return whether it is for a connection. Asked once, when the connection is made.
	 * @param settings what was asked of the connection
	 * @return whether to call it for this connection at all
	 */
	default boolean supports(ConnectionSettings settings) {
		return true;
	}

	/**
	 * A message or a request that is about to be sent.
	 *
	 * @param connection what sends it
	 * @param message the message
	 * @param request whether it waits for a reply
	 * @param outcome completes as the sender's future does: with {@code null} or, of a
	 * request, the reply
	 */
	record Sending(WebSocketConnection connection, Message message, boolean request, CompletionStage<?> outcome) {
	}

}
