package io.github.websocketresilience.test.faults;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What this project logs in this JVM while this is open, also while another application
 * sets up the log anew. Applications of other tests write to it as well: connections are
 * told apart by their names.
 */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements LoggerContextListener, AutoCloseable {

	private static final String OURS = "io.github.websocketresilience";

	private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

	private final Level level;

	private final Logger logger;

	CapturedLog() {
		this(Level.INFO);
	}

	/**
	 * Begin.
	 * @param level the lowest level that is wanted
	 */
	CapturedLog(Level level) {
		this.level = level;
		this.logger = (Logger) LoggerFactory.getLogger(OURS);
		setContext(this.logger.getLoggerContext());
		attach();
		this.logger.getLoggerContext().addListener(this);
	}

	private void attach() {
		start();
		this.logger.addAppender(this);
		if (this.level.toInt() < Level.INFO_INT) {
			this.logger.setLevel(this.level);
		}
	}

	/**
	 * Return the lines of one connection.
	 * @param connection its name
	 * @return level and text of each, in order
	 */
	List<String> linesOf(String connection) {
		return this.lines.stream()
			.filter((line) -> line.text.startsWith(connection + ": "))
			.map((line) -> line.level + " " + line.text)
			.toList();
	}

	/**
	 * Return all that was logged.
	 * @return all of each line: level, thread, context, fields, text, stack trace
	 */
	List<String> everything() {
		return this.lines.stream().map(Line::all).toList();
	}

	@Override
	protected void append(ILoggingEvent event) {
		ThrowableProxy failure = (ThrowableProxy) event.getThrowableProxy();
		String trace = (failure != null) ? ThrowableProxyUtil.asString(failure) : "";
		this.lines.add(new Line(event.getLevel(), event.getFormattedMessage(),
				"%s %s %s %s %s %s".formatted(event.getLevel(), event.getThreadName(), event.getMDCPropertyMap(),
						event.getKeyValuePairs(), event.getFormattedMessage(), trace)));
	}

	@Override
	public boolean isResetResistant() {
		return true;
	}

	@Override
	public void onReset(LoggerContext context) {
		attach();
	}

	@Override
	public void onStart(LoggerContext context) {
	}

	@Override
	public void onStop(LoggerContext context) {
	}

	@Override
	public void onLevelChange(Logger logger, Level level) {
	}

	@Override
	public void close() {
		this.logger.getLoggerContext().removeListener(this);
		this.logger.detachAppender(this);
		if (this.level.toInt() < Level.INFO_INT) {
			this.logger.setLevel(null);
		}
		stop();
	}

	private record Line(Level level, String text, String all) {
	}

}
