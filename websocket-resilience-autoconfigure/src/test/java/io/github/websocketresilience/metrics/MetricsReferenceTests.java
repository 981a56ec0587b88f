package io.github.websocketresilience.metrics;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.websocketresilience.GeneratedPage;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/reference/metrics.md} equal to {@link ConnectionMeter}. It is written
 * anew with {@code -Ddocs.update=true}.
 */
class MetricsReferenceTests {

	private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

	private static final String TEMPLATE = """
			# Metrics

			<!-- Generated from ConnectionMeter. To write it anew:
			mvn -pl websocket-resilience-autoconfigure test -Dtest=MetricsReferenceTests -Ddocs.update=true -->

			With a `MeterRegistry` in the application every connection has these meters. Registries change names to their own
			convention and may add the base unit; the second column has those of Prometheus, where a timer has `_count`, `_sum` and
			`_max`. [Metrics in operation](../operations/metrics.md) shows a scrape, a dashboard and alert rules.

			| meter | Prometheus | type | base unit | tags | what it measures |
			|---|---|---|---|---|---|
			%s
			| tag | values |
			|---|---|
			%s
			Connections of one `group` share their meters; those opened at run time are in the group `dynamic` unless they are
			given another, or `null` for meters of their own. Numbers of a group are sums over its members where the table does not
			say otherwise. What a member has counted stays in the sums when it is removed; with the last member, or with a
			connection without group, its meters leave the registry.

			All of them are there before the connections start; `websocket.client.disconnects` appears with the first disconnect of
			its kind. What is not an event is read from the connections when the registry is read: of each connection once in a
			scrape. A message costs nothing more than its counter.
			""";

	@Test
	void pageIsUpToDate() throws IOException {
		GeneratedPage.assertUpToDate("metrics.md", page());
	}

	private static String page() {
		String meters = Arrays.stream(ConnectionMeter.values())
			.map(MetricsReferenceTests::row)
			.collect(Collectors.joining());
		String tags = Arrays.stream(ConnectionMeterTag.values())
			.map((tag) -> "| `%s` | %s |\n".formatted(tag.asString(), tag.getDescription()))
			.collect(Collectors.joining());
		return TEMPLATE.formatted(meters, tags);
	}

	private static String row(ConnectionMeter meter) {
		String tags = Arrays.stream(meter.getKeyNames())
			.map(KeyName::asString)
			.map((tag) -> "`" + tag + "`")
			.collect(Collectors.joining(", "));
		String prometheus = PROMETHEUS.name(meter.getName(), meter.getType(), meter.getBaseUnit());
		if (meter.getType() == Meter.Type.COUNTER) {
			// The convention leaves it to the exposition format
			prometheus += "_total";
		}
		return "| `%s` | `%s` | %s | %s | %s | %s |\n".formatted(meter.getName(), prometheus,
				meter.getType().name().toLowerCase(Locale.ROOT), meter.getBaseUnit(), tags, meter.getDescription());
	}

}
