package io.github.websocketresilience.test.faults;

import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Shows how often something happened over time, a line of text for each interval.
 */
final class Histogram {

	private static final int WIDTH = 60;

	private Histogram() {
	}

	/**
	 * Print it.
	 * @param title what is shown
	 * @param times when it happened, in milliseconds from 0 on
	 * @param interval the time of a line, in milliseconds
	 */
	static void print(String title, long[] times, long interval) {
		TreeMap<Long, Long> counts = new TreeMap<>();
		LongStream.of(times).forEach((time) -> counts.merge(time / interval, 1L, Long::sum));
		long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
		System.out.printf("== %s%n", title);
		for (long line = counts.firstKey(); line <= counts.lastKey(); line++) {
			long count = counts.getOrDefault(line, 0L);
			System.out.printf("== %6.2f s %5d %s%n", line * interval / 1000.0, count,
					"#".repeat((int) (count * WIDTH / most)));
		}
	}

}
