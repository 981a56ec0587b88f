package io.github.websocketresilience.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * All that is logged in this JVM while this is open, at the lowest level, by whatever
 * way, in the place of where it usually goes.
 */
final class CapturedLogs implements AutoCloseable {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.root.getLevel();

	private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();

	private final java.util.logging.Logger platform = java.util.logging.Logger.getLogger("");

	private final java.util.logging.Level platformLevel = this.platform.getLevel();

	private final Collection<Line> lines = new ConcurrentLinkedQueue<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			ThrowableProxy failure = (ThrowableProxy) event.getThrowableProxy();
			String trace = (failure != null) ? ThrowableProxyUtil.asString(failure) : "";
			CapturedLogs.this.lines.add(new Line(event.getLoggerName(),
					event.getLevel() + " " + event.getThreadName() + " " + event.getMDCPropertyMap() + " "
							+ event.getKeyValuePairs() + " " + event.getFormattedMessage() + " " + trace));
		}

	};

	private final Handler handler = new Handler() {

		private final SimpleFormatter formatter = new SimpleFormatter();

		@Override
		public void publish(LogRecord line) {
			CapturedLogs.this.lines.add(new Line(line.getLoggerName(), this.formatter.format(line)));
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	CapturedLogs() {
		for (Iterator<Appender<ILoggingEvent>> all = this.root.iteratorForAppenders(); all.hasNext();) {
			this.usual.add(all.next());
		}
		this.usual.forEach(this.root::detachAppender);
		this.appender.setContext(this.root.getLoggerContext());
		this.appender.start();
		this.root.addAppender(this.appender);
		this.root.setLevel(Level.TRACE);
		this.handler.setLevel(java.util.logging.Level.ALL);
		this.platform.addHandler(this.handler);
		this.platform.setLevel(java.util.logging.Level.ALL);
	}

	List<Line> lines() {
		return List.copyOf(this.lines);
	}

	@Override
	public void close() {
		this.platform.setLevel(this.platformLevel);
		this.platform.removeHandler(this.handler);
		this.root.setLevel(this.level);
		this.root.detachAppender(this.appender);
		this.usual.forEach(this.root::addAppender);
	}

	/**
	 * A line.
	 *
	 * @param logger who logged it
	 * @param text all of it
	 */
	record Line(String logger, String text) {

		boolean isOurs() {
			return this.logger.startsWith("io.github.websocketresilience");
		}

	}

}
