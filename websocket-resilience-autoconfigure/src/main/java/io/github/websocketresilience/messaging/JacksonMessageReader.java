package io.github.websocketresilience.messaging;

import java.lang.reflect.Type;
import java.util.List;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link MessageReader} with the application's {@link JsonMapper}, whose limits on depth,
 * sizes and numbers hold. Thread-safe.
 */
public final class JacksonMessageReader implements MessageReader {

	private final JsonFactory factory = new JsonFactory();

	private final JsonMapper mapper;

	/**
	 * Create a reader.
	 * @param mapper the application's mapper
	 */
	public JacksonMessageReader(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public Object read(Message message, Type type) {
		try {
			Object value = read(message, this.mapper.constructType(type));
			if (value != null) {
				return value;
			}
		}
		catch (JacksonException ex) {
			throw new UnreadableMessageException(type.getTypeName(), message, ex);
		}
		throw new UnreadableMessageException(type.getTypeName(), message,
				new IllegalArgumentException("there is nothing but null in it"));
	}

	// A null from Jackson is an answer that is asked for above
	@SuppressWarnings("NullAway")
	private Object read(Message message, JavaType type) {
		return (message instanceof Message.Text text) ? this.mapper.readValue(text.text(), type)
				: this.mapper.readValue(((Message.Binary) message).bytes(), type);
	}

	@Override
	public Scalars scalarsAt(List<String> pointers) {
		ScalarScan scan = new ScalarScan(pointers.stream().map(ScalarScan::compile).toList());
		return (message) -> scan.read(parser(message));
	}

	private JsonParser parser(Message message) {
		return (message instanceof Message.Text text)
				? this.factory.createParser(ObjectReadContext.empty(), text.text())
				: this.factory.createParser(ObjectReadContext.empty(), ((Message.Binary) message).bytes());
	}

}
