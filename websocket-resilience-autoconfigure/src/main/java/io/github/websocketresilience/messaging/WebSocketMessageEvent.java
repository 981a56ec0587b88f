package io.github.websocketresilience.messaging;

import java.io.Serial;
import java.nio.charset.StandardCharsets;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

import org.springframework.context.ApplicationEvent;

/**
 * A connection received a message. Published on a listener thread, in the order of
 * arrival, state changes included, as long as the {@code ApplicationEventMulticaster} is
 * synchronous, which is Spring's default: one with an executor, or an {@code @Async}
 * listener, gives the order away. A listener that throws loses this message only.
 */
public final class WebSocketMessageEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient WebSocketConnection connection;

	private final transient Message message;

	WebSocketMessageEvent(WebSocketConnection connection, Message message) {
		super(connection);
		this.connection = connection;
		this.message = message;
	}

	/**
	 * Return the connection, which is also the source of this event.
	 * @return the connection the message came from
	 */
	public WebSocketConnection connection() {
		return this.connection;
	}

	/**
	 * Return the message.
	 * @return a text or binary message
	 */
	public Message message() {
		return this.message;
	}

	/**
	 * Return the text of a text message.
	 * @return the payload
	 * @throws IllegalStateException if it is a binary message
	 */
	public String text() {
		if (this.message instanceof Message.Text text) {
			return text.text();
		}
		throw new IllegalStateException("the message is binary (" + this.message.sizeInBytes()
				+ " bytes) and has no text; use 'bytes()', or ask 'message()' for its type");
	}

	/**
	 * Return the payload as it came over the wire, uncompressed.
	 * @return a copy of the bytes; of a text message its UTF-8
	 */
	public byte[] bytes() {
		if (this.message instanceof Message.Binary binary) {
			return binary.bytes();
		}
		return text().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Payloads may hold secrets, so only the size is shown.
	 */
	@Override
	public String toString() {
		return "WebSocketMessageEvent[" + this.connection.name() + ", " + this.message + "]";
	}

}
