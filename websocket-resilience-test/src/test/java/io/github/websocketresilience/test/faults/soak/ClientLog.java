package io.github.websocketresilience.test.faults.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the client has logged.
 */
final class ClientLog {

	private static final Pattern RECORD = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ +(ERROR|WARN|INFO|DEBUG) .*");

	/** The one ERROR that a fault of ours deserves: a close frame with 1009. */
	private static final String DOCUMENTED = "the server found a message too big";

	private static final String OURS = "] io.github.websocketresilience.";

	private final List<String> records;

	ClientLog(Path file) {
		try {
			List<String> all = Files.readAllLines(file);
			this.records = all.stream().filter((line) -> RECORD.matcher(line).matches()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return how much was logged.
	 * @param level the level
	 * @param ours whether by us, not by the container
	 * @return the records, a stack trace being a part of one
	 */
	long records(String level, boolean ours) {
		return this.records.stream()
			.filter((line) -> line.contains(" " + level + " ") && line.contains(OURS) == ours)
			.count();
	}

	/**
	 * Return how much we have logged.
	 * @return the records
	 */
	long records() {
		return this.records.stream().filter((line) -> line.contains(OURS)).count();
	}

	/**
	 * Return errors that should not be.
	 * @return records of level ERROR but those that are documented
	 */
	List<String> errors() {
		return this.records.stream().filter((line) -> line.contains(" ERROR ") && !line.contains(DOCUMENTED)).toList();
	}

}
