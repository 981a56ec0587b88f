package io.github.websocketresilience.logging;

import java.util.Map;

import io.github.websocketresilience.ConnectionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes the lines of one connection, each with what it says as key-values.
 *
 * @param logger where to
 * @param connection its name
 */
record Lines(Logger logger, String connection) {

	private static final Logger EVENTS = LoggerFactory.getLogger(Lines.class.getPackageName());

	Lines(String connection) {
		this(EVENTS, connection);
	}

	boolean isWritten(Level level) {
		return this.logger.isEnabledForLevel(level);
	}

	void write(Level level, ConnectionEvent event, String text) {
		write(level, event, text, null);
	}

	void write(Level level, ConnectionEvent event, String text, @Nullable Throwable cause) {
		if (isWritten(level)) {
			write(level, Fields.of(event), text, cause);
		}
	}

	/**
	 * Write a line that sums up.
	 */
	void write(Level level, ConnectionEvent event, long count, String text) {
		write(level, event, count, text, null);
	}

	void write(Level level, ConnectionEvent event, long count, String text, @Nullable Throwable cause) {
		if (isWritten(level)) {
			Map<Field, Object> fields = Fields.of(event);
			fields.put(Field.COUNT, count);
			write(level, fields, text, cause);
		}
	}

	void write(Level level, Map<Field, Object> fields, String text, @Nullable Throwable cause) {
		LoggingEventBuilder line = this.logger.atLevel(level).setCause(cause);
		line.addKeyValue(Field.CONNECTION.key(), this.connection);
		fields.forEach((field, value) -> line.addKeyValue(field.key(), value));
		// A JSON format may refuse a line that has a name in the MDC and once more.
		ConnectionInMdc.run(null, () -> line.log(Wording.ascii(this.connection + ": " + text)));
	}

}
