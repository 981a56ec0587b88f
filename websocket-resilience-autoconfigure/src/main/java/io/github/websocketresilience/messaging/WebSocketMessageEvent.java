package io.github.websocketresilience.messaging;

import java.io.Serial;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.ParameterizedTypeReference;

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

	private final transient @Nullable MessageReader reader;

	WebSocketMessageEvent(WebSocketConnection connection, Message message, @Nullable MessageReader reader) {
		super(connection);
		this.connection = connection;
		this.message = message;
		this.reader = reader;
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
	 * Read the JSON of the message with the application's {@code JsonMapper}, anew with
	 * each call.
	 * @param <T> the wanted type
	 * @param type a type that Jackson can read, {@code JsonNode} included
	 * @return the value, of a binary message that of its UTF-8
	 * @throws UnreadableMessageException if it cannot be read as that type, or is the
	 * JSON {@code null} where that means nothing; a listener may let it pass
	 * @throws IllegalStateException if Jackson is not on the class path
	 */
	public <T> T as(Class<T> type) {
		return read(type);
	}

	/**
	 * Read the JSON of the message as a generic type, {@code List<Trade>} for one.
	 * @param <T> the wanted type
	 * @param type a type that Jackson can read
	 * @return as {@link #as(Class)}
	 * @throws UnreadableMessageException as {@link #as(Class)}
	 * @throws IllegalStateException as {@link #as(Class)}
	 */
	public <T> T as(ParameterizedTypeReference<T> type) {
		return read(type.getType());
	}

	@SuppressWarnings("unchecked")
	<T> T read(Type type) {
		if (this.reader == null) {
			throw new IllegalStateException("there is no JSON library to read the message with; add"
					+ " 'org.springframework.boot:spring-boot-starter-jackson', or use 'text()' or 'bytes()'");
		}
		return (T) this.reader.read(this.message, type);
	}

	/**
	 * Payloads may hold secrets, so only the size is shown.
	 */
	@Override
	public String toString() {
		return "WebSocketMessageEvent[" + this.connection.name() + ", " + this.message + "]";
	}

}
