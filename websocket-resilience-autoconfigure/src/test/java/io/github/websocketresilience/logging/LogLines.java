package io.github.websocketresilience.logging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * The lines of a logger and of those below it while this is open. Unless it is the root,
 * they go nowhere else.
 */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	/** Where events of connections go. */
	public static final String EVENTS = LoggingConnectionObserver.class.getPackageName();

	/** Where messages go. */
	public static final String PAYLOADS = EVENTS + ".payload";

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	private final Logger logger;

	private final Level usual;

	/**
	 * Begin to listen.
	 * @param logger the name of the logger
	 * @param level its level
	 */
	public LogLines(String logger, Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(logger);
		this.usual = this.logger.getLevel();
		this.logger.setLevel(level);
		this.logger.setAdditive(false);
		this.logger.addAppender(this);
		setContext(this.logger.getLoggerContext());
		start();
	}

	@Override
	protected void append(ILoggingEvent event) {
		event.prepareForDeferredProcessing();
		this.events.add(event);
	}

	/**
	 * Return what was logged.
	 * @return the lines, more of them later
	 */
	public List<ILoggingEvent> events() {
		return this.events;
	}

	/**
	 * Return what was logged, as it is read.
	 * @return levels and texts
	 */
	public List<String> texts() {
		return this.events.stream().map((event) -> event.getLevel() + " " + event.getFormattedMessage()).toList();
	}

	/**
	 * Return what the last line says as key-values.
	 * @return values by key, without the prefix of them all
	 */
	public Map<String, Object> lastFields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		this.events.get(this.events.size() - 1)
			.getKeyValuePairs()
			.forEach((pair) -> fields.put(pair.key.replaceFirst("^websocket\\.", ""), pair.value));
		return fields;
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.usual);
		stop();
	}

}
