package io.github.websocketresilience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The runbook has an entry for everything that may show.
 */
class RunbookTests {

	private static final Path OPERATIONS = Path.of("..", "docs", "operations");

	@ParameterizedTest
	@EnumSource
	void stateHasARow(ConnectionState state) throws IOException {
		assertThat(section("States")).contains("\n| `" + state + "` |");
	}

	@ParameterizedTest
	@EnumSource
	void kindHasARow(Disconnect.Kind kind) throws IOException {
		assertThat(section("Why a socket or an attempt ended")).contains("\n| `" + kind + "` |");
	}

	@ParameterizedTest
	@EnumSource
	void reasonHasARow(ConnectionEvent.DiscardReason reason) throws IOException {
		assertThat(section("Alerts")).contains("\n| `" + reason + "` |");
	}

	@ParameterizedTest
	@EnumSource
	void closeCodeHasARow(CloseCode code) throws IOException {
		assertThat(section("Close codes")).contains("\n| " + code.code() + " | " + code.meaning());
	}

	@ParameterizedTest
	@MethodSource
	void eventHasARow(Class<?> event) throws IOException {
		assertThat(section("Events and their log lines")).contains("\n| `" + event.getSimpleName() + "` |");
	}

	static Stream<Class<?>> eventHasARow() {
		return Arrays.stream(ConnectionEvent.class.getDeclaredClasses()).filter(Class::isRecord);
	}

	@ParameterizedTest
	@MethodSource
	void alertHasAChapter(String alert) throws IOException {
		assertThat(section("Alerts")).contains("\n### " + alert + "\n");
	}

	static List<String> alertHasAChapter() throws IOException {
		Matcher alerts = Pattern.compile("alert: (\\w+)")
			.matcher(Files.readString(OPERATIONS.resolve("prometheus-alerts.yml")));
		return alerts.results().map((alert) -> alert.group(1)).toList();
	}

	private static String section(String title) throws IOException {
		String page = Files.readString(OPERATIONS.resolve("runbook.md"));
		String begin = "\n## " + title + "\n";
		assertThat(page).contains(begin);
		String rest = page.substring(page.indexOf(begin) + begin.length());
		int end = rest.indexOf("\n## ");
		return (end >= 0) ? rest.substring(0, end) : rest;
	}

}
