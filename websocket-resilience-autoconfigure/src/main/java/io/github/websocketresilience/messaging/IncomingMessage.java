package io.github.websocketresilience.messaging;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.MessageHeaders;

/**
 * A message on its way to the methods of its connection, as Spring's method invocation
 * wants it. What they ask for is worked out when the first one asks, once for all. Used
 * by one thread.
 */
final class IncomingMessage implements org.springframework.messaging.Message<Message> {

	private static final MessageHeaders HEADERS = new MessageHeaders(Map.of());

	private final WebSocketConnection connection;

	private final Message message;

	private final @Nullable MessageReader reader;

	private final SoughtScalars scalars;

	private final Map<Type, Object> read = new HashMap<>();

	private @Nullable String @Nullable [] found;

	IncomingMessage(WebSocketConnection connection, Message message, @Nullable MessageReader reader,
			SoughtScalars scalars) {
		this.connection = connection;
		this.message = message;
		this.reader = reader;
		this.scalars = scalars;
	}

	WebSocketConnection connection() {
		return this.connection;
	}

	WebSocketMessageEvent event() {
		return new WebSocketMessageEvent(this.connection, this.message, this.reader);
	}

	String text() {
		if (this.message instanceof Message.Text text) {
			return text.text();
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableMessageException(String.class.getName(), this.message, ex);
		}
	}

	byte[] bytes() {
		return event().bytes();
	}

	Object as(Type type) {
		Object value = this.read.get(type);
		if (value == null) {
			value = event().read(type);
			this.read.put(type, value);
		}
		return value;
	}

	@Nullable String scalarAt(String pointer) {
		if (this.found == null) {
			this.found = this.scalars.of(this.message);
		}
		return this.found[this.scalars.indexOf(pointer)];
	}

	@Override
	public Message getPayload() {
		return this.message;
	}

	@Override
	public MessageHeaders getHeaders() {
		return HEADERS;
	}

}
