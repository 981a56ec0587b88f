package io.github.websocketresilience.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the lines of one connection.
 *
 * @param connection its name
 */
record Lines(String connection) {

	private static final Logger logger = LoggerFactory.getLogger(Lines.class.getPackageName());

	boolean isWritten(Level level) {
		return logger.isEnabledForLevel(level);
	}

	void write(Level level, String text) {
		write(level, text, null);
	}

	void write(Level level, String text, @Nullable Throwable cause) {
		logger.atLevel(level).setCause(cause).log(Wording.ascii(this.connection + ": " + text));
	}

}
