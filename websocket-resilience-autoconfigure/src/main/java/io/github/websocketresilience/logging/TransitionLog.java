package io.github.websocketresilience.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Writes the changes of state, at a decreasing rate while a server is down or its
 * connections do not last. Of attempts in a row that fail, the first, second, fourth,
 * eighth and so on are shown, and so of sockets in a row that do not last; between two of
 * the latter, attempts are shown when they have failed more often than sockets ended. A
 * socket that ended for its silence lasted for the time before that. OPEN is shown unless
 * the last line already said so. So the last line is true when the connection lasts, and
 * becomes true again when an outage does.
 */
final class TransitionLog {

	/** A socket that was of use for so long is no part of what came before. */
	private static final Duration LASTING = Duration.ofSeconds(10);

	private final Lines lines;

	private @Nullable Instant notOpenSince;

	private int attempts;

	private int failed;

	private int shortLived;

	private boolean outage;

	private int hidden;

	private boolean openIsTheLastLine;

	private Duration silence = Duration.ZERO;

	TransitionLog(Lines lines) {
		this.lines = lines;
	}

	void onChange(ConnectionEvent.StateChange change) {
		if (this.notOpenSince == null) {
			this.notOpenSince = change.at();
		}
		if (change instanceof ConnectionEvent.Attempted attempted) {
			attempted(attempted);
		}
		else if (change instanceof ConnectionEvent.Opened opened) {
			opened(opened);
		}
		else if (change instanceof ConnectionEvent.RetryScheduled retry) {
			retryScheduled(retry);
		}
		else if (change instanceof ConnectionEvent.Closed closed) {
			closed(closed);
		}
		else {
			show(Level.INFO, change, "close requested");
		}
	}

	void onSilence(ConnectionEvent.FeedSilent event) {
		this.silence = event.silence();
	}

	private void attempted(ConnectionEvent.Attempted event) {
		this.attempts++;
		switch (event.from()) {
			case WAITING -> hide(event, "attempt " + event.attempt());
			case OPEN -> show(Level.INFO, event, "reconnect requested");
			default -> show(Level.INFO, event, "");
		}
	}

	private void opened(ConnectionEvent.Opened event) {
		String text = this.outage ? "after " + timeNotOpen(event) + " and " + Wording.count(this.attempts, "attempt")
				: "in " + Wording.duration(event.connectTime());
		if (this.openIsTheLastLine) {
			hide(event, text);
		}
		else {
			show(Level.INFO, event, text);
			this.hidden = 0;
		}
		this.openIsTheLastLine = true;
		this.notOpenSince = null;
		this.attempts = 0;
		this.failed = 0;
		this.outage = false;
	}

	private void retryScheduled(ConnectionEvent.RetryScheduled event) {
		this.outage = true;
		String next = "; next attempt in " + Wording.duration(event.delay());
		if (isWorthALine(event)) {
			show(Level.WARN, event, Wording.end(event.cause()) + row() + hidden() + next);
			this.hidden = 0;
		}
		else {
			hide(event, Wording.end(event.cause()) + row() + next);
			this.hidden++;
		}
	}

	private boolean isWorthALine(ConnectionEvent.RetryScheduled event) {
		if (event.from() == ConnectionState.OPEN) {
			this.shortLived = lasted(event.cause()) ? 0 : this.shortLived + 1;
			return isShown(this.shortLived);
		}
		this.failed++;
		return isShown(this.failed) && (isShown(this.shortLived) || this.failed >= this.shortLived);
	}

	private boolean lasted(Disconnect end) {
		Duration unused = (end.kind() == Disconnect.Kind.SILENCE) ? this.silence : Duration.ZERO;
		return end.openFor().minus(unused).compareTo(LASTING) >= 0;
	}

	/**
	 * Whether this one in a row is among those at a decreasing rate.
	 */
	private static boolean isShown(int count) {
		return Integer.bitCount(count) <= 1;
	}

	private String row() {
		if (this.failed > 1) {
			return "; failed " + this.failed + " times in a row";
		}
		return (this.failed == 0 && this.shortLived > 1)
				? "; " + this.shortLived + " in a row did not last " + Wording.duration(LASTING) : "";
	}

	private void closed(ConnectionEvent.Closed event) {
		if (event.gaveUp() != null) {
			String after = (this.attempts > 0)
					? " after " + Wording.count(this.attempts, "attempt") + " in " + timeNotOpen(event) : "";
			show(Level.ERROR, event, "gave up" + after + ": " + Wording.end(event.gaveUp()) + hidden());
		}
		else {
			String requested = (event.from() != ConnectionState.CLOSING) ? "close requested" : "";
			String unsaid = (this.hidden > 0) ? Wording.count(this.hidden, "failure") + " not logged" : "";
			show(Level.INFO, event,
					Stream.of(requested, unsaid).filter((part) -> !part.isEmpty()).collect(Collectors.joining("; ")));
		}
	}

	private String timeNotOpen(ConnectionEvent event) {
		return Wording
			.duration(Duration.between((this.notOpenSince != null) ? this.notOpenSince : event.at(), event.at()));
	}

	private String hidden() {
		return (this.hidden > 0) ? "; " + Wording.count(this.hidden, "failure") + " not logged" : "";
	}

	private void show(Level level, ConnectionEvent.StateChange change, String text) {
		this.lines.write(level, change, line(change, text));
		this.openIsTheLastLine = false;
	}

	private void hide(ConnectionEvent.StateChange change, String text) {
		if (this.lines.isWritten(Level.DEBUG)) {
			this.lines.write(Level.DEBUG, change, line(change, text));
		}
	}

	private static String line(ConnectionEvent.StateChange change, String text) {
		return change.from() + " -> " + change.to() + (text.isEmpty() ? "" : " (" + text + ")");
	}

}
