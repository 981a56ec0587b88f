package io.github.websocketresilience.messaging;

import java.util.List;

import io.github.websocketresilience.JsonCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link JsonCodec} with Jackson. Values are written by the application's mapper, so the
 * cause of a failure may show some of the value; its message does not. Values at a
 * pointer are read and set by the streaming parser, with Jackson's limits on depth, names
 * and numbers: a text is read up to the value, or to the end of the object or array that
 * should hold it, and of properties of the same name the first one counts. Where a number
 * is set the text is read to its end, all of it but the number stays as it was, and two
 * properties of the same name on the way are refused, as nobody knows which one the peer
 * takes. Thread-safe.
 */
public final class JacksonJsonCodec implements JsonCodec {

	private final JsonFactory factory = new JsonFactory();

	private final JsonMapper mapper;

	/**
	 * Create a codec.
	 * @param mapper the application's mapper
	 */
	public JacksonJsonCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public String write(Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"a value of " + value.getClass().getName() + " cannot be written as JSON", ex);
		}
	}

	@Override
	public Place at(String pointer) {
		return new JacksonPlace(this.factory, ScalarScan.compile(pointer));
	}

	/**
	 * A place in texts that Jackson reads.
	 */
	private static final class JacksonPlace implements Place {

		private final JsonFactory factory;

		private final JsonPointer pointer;

		private final ScalarScan scan;

		private JacksonPlace(JsonFactory factory, JsonPointer pointer) {
			this.factory = factory;
			this.pointer = pointer;
			this.scan = new ScalarScan(List.of(pointer));
		}

		@Override
		public @Nullable String valueIn(String json) {
			return this.scan.read(this.factory.createParser(ObjectReadContext.empty(), json))[0];
		}

		@Override
		public String withNumber(String json, long number) {
			try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), json)) {
				return new NumberEdit(parser, this.pointer, number).applyTo(json);
			}
			catch (JacksonException ex) {
				// Jackson's text shows part of the payload, so it is not the cause either
				throw new IllegalArgumentException("the text is "
						+ ((ex instanceof StreamConstraintsException) ? "beyond Jackson's limits" : "not JSON")
						+ ", so no number can be set at '" + this.pointer + "'");
			}
		}

	}

}
