package io.github.websocketresilience.sample;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What Prometheus is given of the connections.
 *
 * @param text in the text format, lines of others included
 */
record Scrape(String text) {

	private static final String PREFIX = "websocket_client_";

	private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");

	private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\\\\?\"");

	private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\w+) (.*)");

	/** Names of series, {@code _count} and the like included, with their label names. */
	Map<String, Set<String>> series() {
		return this.text.lines()
			.map(SAMPLE::matcher)
			.filter((line) -> line.matches() && line.group(1).startsWith(PREFIX))
			.collect(Collectors.toMap((line) -> line.group(1), (line) -> labels(line.group(2)), (left, right) -> left));
	}

	/** Types or descriptions, by name of the metric. */
	Map<String, String> comments(String kind) {
		return this.text.lines()
			.map(COMMENT::matcher)
			.filter((line) -> line.matches() && line.group(1).equals(kind) && line.group(2).startsWith(PREFIX))
			.collect(Collectors.toMap((line) -> line.group(2), (line) -> line.group(3)));
	}

	/** Whether a line of another scrape could be of this one, whatever its value. */
	boolean hasLineLike(String line) {
		return line.startsWith("#") ? this.text.lines().anyMatch(line::equals)
				: this.text.lines().anyMatch((it) -> withoutValue(it).equals(withoutValue(line)));
	}

	static Set<String> labels(@Nullable String matchers) {
		return LABEL.matcher((matchers != null) ? matchers : "")
			.results()
			.map((label) -> label.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String withoutValue(String line) {
		return line.substring(0, line.lastIndexOf(' ') + 1);
	}

}
