package io.github.websocketresilience.test.faults.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/reference/protocol.md} equal to the cases. It is written anew with
 * {@code -Ddocs.update=true}.
 */
class ProtocolReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "reference", "protocol.md");

	private static final String TEMPLATE = """
			# Protocol

			<!-- Generated from the cases of the protocol tests. To write it anew:
			mvn -pl websocket-resilience-test -am test -Dtest=ProtocolReferenceTests -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true -->

			What a server can put on the wire, by the rules and against them, and what comes of it with Tomcat's client, the default
			transport. Sections are those of RFC 6455 where no other is named. Each of the %d cases is a test; the suite runs with
			the faults: `mvn -pl websocket-resilience-test -am test -Dgroups=faults`.

			How to read an outcome: first the messages that listeners get, then what the application is told of the end, as the kind
			of a [`Disconnect`](../reconnecting.md) with the close code or HTTP status that comes with it, then the close code that
			the server gets. Where nothing ends, the socket stays open and the next message arrives. Where something ends, the next
			socket is open after the reconnect delay, and a message sent meanwhile arrives there; nothing that comes behind a
			violation is delivered.

			## Where the container deviates

			| case | the container | we |
			|---|---|---|
			%s
			%s""";

	@Test
	void pageIsUpToDate() throws IOException {
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(PAGE, page());
		}
		assertThat(PAGE).as("stale; write it anew with -Ddocs.update=true").hasContent(page());
	}

	@Test
	void casesOfAThemeHaveNamesOfTheirOwn() {
		for (Theme theme : Theme.values()) {
			assertThat(theme.cases()).extracting(ProtocolCase::name).as(theme.title()).doesNotHaveDuplicates();
		}
	}

	private static String page() {
		String themes = Arrays.stream(Theme.values())
			.map(ProtocolReferenceTests::section)
			.collect(Collectors.joining("\n"));
		String deviations = Arrays.stream(Theme.values())
			.flatMap(ProtocolReferenceTests::deviations)
			.collect(Collectors.joining());
		long count = Arrays.stream(Theme.values()).mapToLong((theme) -> theme.cases().size()).sum();
		return TEMPLATE.formatted(count, deviations, themes);
	}

	private static Stream<String> deviations(Theme theme) {
		return theme.cases()
			.stream()
			.filter((each) -> !each.container().isEmpty())
			.collect(Collectors.groupingBy((each) -> " | " + each.container() + " | " + each.ours() + " |\n",
					LinkedHashMap::new, Collectors.mapping(ProtocolCase::name, Collectors.joining("; "))))
			.entrySet()
			.stream()
			.map((row) -> "| " + theme.title() + ": " + row.getValue() + row.getKey());
	}

	private static String section(Theme theme) {
		return "## " + theme.title() + "\n\n| the server sends | rule | what comes of it |\n|---|---|---|\n"
				+ theme.cases().stream().map(ProtocolReferenceTests::row).collect(Collectors.joining());
	}

	private static String row(ProtocolCase each) {
		String deviation = each.demanded().equals(each.seen()) ? ""
				: " (the rule wants: " + each.demanded().describe() + ")";
		return "| " + each.name() + " | " + each.section() + " | " + each.seen().describe() + deviation + " |\n";
	}

}
