package io.github.websocketresilience.observation;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.GeneratedPage;
import io.github.websocketresilience.metrics.ConnectionMeter;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.ObservationConvention;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/reference/observations.md} equal to
 * {@link WebSocketClientObservationDocumentation}. It is written anew with
 * {@code -Ddocs.update=true}.
 */
class ObservationsReferenceTests {

	private static final String TEMPLATE = """
			# Observations

			<!-- Generated from WebSocketClientObservationDocumentation. To write it anew:
			mvn -pl websocket-resilience-autoconfigure test -Dtest=ObservationsReferenceTests -Ddocs.update=true -->

			With an `ObservationRegistry` that has a handler, every connection with `observation.enabled` has these observations.
			What they are good for is told in [tracing](../operations/tracing.md).

			| observation | what it is | low cardinality | high cardinality |
			|---|---|---|---|
			%s
			Of each, Boot's handlers make a timer of that name, with the keys of low cardinality and `error` as tags, a timer
			`<name>.active` of those that last, and, with a tracer, a span with all keys.

			| low cardinality | values |
			|---|---|
			%s
			| high cardinality | values |
			|---|---|
			%s
			""";

	@Test
	void pageIsUpToDate() throws IOException {
		GeneratedPage.assertUpToDate("observations.md", page());
	}

	@Test
	void timersHaveNamesOfTheirOwn() {
		assertThat(Arrays.stream(ConnectionMeter.values()).map(ConnectionMeter::getName))
			.doesNotContainAnyElementsOf(Arrays.stream(WebSocketClientObservationDocumentation.values())
				.map(ObservationsReferenceTests::nameOf)
				.flatMap((name) -> Stream.of(name, name + ".active"))
				.toList());
	}

	private static String page() {
		String observations = Arrays.stream(WebSocketClientObservationDocumentation.values())
			.map(ObservationsReferenceTests::row)
			.collect(Collectors.joining());
		String low = Arrays.stream(LowCardinalityKeyNames.values())
			.map((key) -> "| `%s` | %s |\n".formatted(key.asString(), key.getDescription()))
			.collect(Collectors.joining());
		String high = Arrays.stream(HighCardinalityKeyNames.values())
			.map((key) -> "| `%s` | %s |\n".formatted(key.asString(), key.getDescription()))
			.collect(Collectors.joining());
		return TEMPLATE.formatted(observations, low, high).stripTrailing() + "\n";
	}

	private static String row(WebSocketClientObservationDocumentation observation) {
		return "| `%s` | %s | %s | %s |\n".formatted(nameOf(observation), observation.getDescription(),
				keys(observation.getLowCardinalityKeyNames()), keys(observation.getHighCardinalityKeyNames()));
	}

	private static String nameOf(WebSocketClientObservationDocumentation observation) {
		ObservationConvention<?> convention = BeanUtils.instantiateClass(observation.getDefaultConvention());
		return String.valueOf(convention.getName());
	}

	private static String keys(KeyName[] names) {
		return Arrays.stream(names)
			.map(KeyName::asString)
			.map((key) -> "`" + key + "`")
			.collect(Collectors.joining(", "));
	}

}
