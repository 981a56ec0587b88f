package io.github.websocketresilience.test.faults.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a run has shown, in Markdown.
 */
final class Report {

	private final List<String> lines = new ArrayList<>();

	void title(Pace pace, int connections, int faults) {
		this.lines.add("# Soak");
		paragraph("%d connections, %,d faults in a warm-up of %s and %s, seed %d, JDK %s, %d processors.".formatted(
				connections, faults, text(pace.warmUp()), text(pace.duration()), pace.seed(),
				System.getProperty("java.version"), Runtime.getRuntime().availableProcessors()));
	}

	void faults(Map<Fault, Integer> faults) {
		table("fault", "times");
		faults.forEach((fault, times) -> row(fault.description(), times));
	}

	void numbers(String title, Map<String, Long> numbers) {
		table(title, "number");
		numbers.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.forEach((entry) -> row(entry.getKey(), entry.getValue()));
	}

	void usages(Map<String, Usage> usages) {
		table("in use", "threads", "of them ours", "file descriptors", "heap, KiB", "direct memory, KiB");
		usages.forEach((name, usage) -> row(name, usage.threads(), usage.ours(), usage.descriptors(), usage.heap(),
				usage.direct()));
	}

	void settings(int connections) {
		table("connection", "settings of its own");
		for (int connection = 0; connection < connections; connection++) {
			row("c%02d".formatted(connection), "`" + Settings.of(connection) + "`");
		}
		paragraph("All: `" + Settings.SHARED + "`");
	}

	void verdict(List<String> problems) {
		paragraph(problems.isEmpty() ? "Every promise was kept." : "Promises that were broken:");
		problems.forEach((problem) -> this.lines.add("- " + problem));
	}

	void paragraph(String text) {
		this.lines.add("");
		this.lines.add(text);
	}

	/**
	 * Begin a table.
	 * @param columns their titles
	 */
	void table(String... columns) {
		this.lines.add("");
		row((Object[]) columns);
		row((Object[]) "---,".repeat(columns.length).split(","));
	}

	void row(Object... values) {
		StringBuilder row = new StringBuilder("|");
		for (Object value : values) {
			row.append(' ').append((value instanceof Number) ? "%,d".formatted(value) : value).append(" |");
		}
		this.lines.add(row.toString());
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	private static String text(Duration duration) {
		return (duration.toMinutes() > 0) ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
	}

}
