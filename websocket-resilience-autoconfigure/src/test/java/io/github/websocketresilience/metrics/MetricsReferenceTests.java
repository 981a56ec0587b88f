package io.github.websocketresilience.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/reference/metrics.md} equal to {@link ConnectionMeter}. It is written
 * anew with {@code -Ddocs.update=true}.
 */
class MetricsReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");

	private static final String TEMPLATE = """
			# Metrics

			<!-- Generated from ConnectionMeter. To write it anew:
			mvn -pl websocket-resilience-autoconfigure test -Dtest=MetricsReferenceTests -Ddocs.update=true -->

			With a `MeterRegistry` in the application every connection has these meters. Registries change names to their own
			convention and may add the base unit: to Prometheus `websocket.client.queued` is `websocket_client_queued_messages`.

			| meter | type | base unit | tags | what it measures |
			|---|---|---|---|---|
			%s
			| tag | values |
			|---|---|
			%s
			Meters by `outcome`, `kind` or `reason`, and those of heartbeats, silences and unreadable messages, appear when they
			are first counted. The others are there before the connections start, and are read from them when the registry is
			read: a message costs nothing more.
			""";

	@Test
	void pageIsUpToDate() throws IOException {
		if (Boolean.getBoolean("docs.update")) {
			Files.createDirectories(PAGE.getParent());
			Files.writeString(PAGE, page());
		}
		assertThat(PAGE).as("stale; write it anew with -Ddocs.update=true").hasContent(page());
	}

	private static String page() {
		String meters = Arrays.stream(ConnectionMeter.values())
			.map(MetricsReferenceTests::row)
			.collect(Collectors.joining());
		String tags = Arrays.stream(ConnectionMeter.Tag.values())
			.map((tag) -> "| `%s` | %s |\n".formatted(tag.asString(), tag.getDescription()))
			.collect(Collectors.joining());
		return TEMPLATE.formatted(meters, tags);
	}

	private static String row(ConnectionMeter meter) {
		String tags = Arrays.stream(meter.getKeyNames())
			.map(KeyName::asString)
			.map((tag) -> "`" + tag + "`")
			.collect(Collectors.joining(", "));
		return "| `%s` | %s | %s | %s | %s |\n".formatted(meter.getName(),
				meter.getType().name().toLowerCase(Locale.ROOT), meter.getBaseUnit(), tags, meter.getDescription());
	}

}
