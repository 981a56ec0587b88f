package io.github.websocketresilience.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.websocketresilience.metrics.ConnectionMeter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@code docs/operations} says of metrics is true of the running sample.
 */
@SampleTest
class OperationsTests {

	private static final Path DIRECTORY = Path.of("..", "docs", "operations");

	private static final Path DASHBOARD = DIRECTORY.resolve("grafana-dashboard.json");

	private static final Path ALERTS = DIRECTORY.resolve("prometheus-alerts.yml");

	private static final Pattern METRIC = Pattern.compile("(websocket_client_\\w+)(?:\\{([^}]*)})?");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Autowired
	private RestTestClient http;

	@Autowired
	private Sample sample;

	private Scrape scrape = new Scrape("");

	@BeforeEach
	void scrapeAfterADisconnect() {
		this.scrape = scrape();
		if (!this.scrape.series().containsKey("websocket_client_disconnects_total")) {
			this.sample.awaitOpen();
			this.sample.fault("drop");
			await().atMost(PATIENCE).until(() -> {
				this.scrape = scrape();
				return this.scrape.series().containsKey("websocket_client_disconnects_total");
			});
		}
	}

	@Test
	void everySeriesHasADescriptionAndAUnit() {
		Map<String, String> types = this.scrape.comments("TYPE");
		Map<String, String> descriptions = this.scrape.comments("HELP");
		String[] units = Arrays.stream(ConnectionMeter.values())
			.map((meter) -> "_" + meter.getBaseUnit())
			.toArray(String[]::new);
		assertThat(types).hasSizeGreaterThanOrEqualTo(ConnectionMeter.values().length);
		assertThat(descriptions.keySet()).isEqualTo(types.keySet());
		assertThat(descriptions.values()).noneMatch(String::isBlank);
		types.forEach((name, type) -> {
			assertThat(name.endsWith("_total")).as(name).isEqualTo("counter".equals(type));
			assertThat(units).as(name).anyMatch(name.replaceFirst("_(total|max)$", "")::endsWith);
		});
		assertThat(this.scrape.series().keySet())
			.allMatch((name) -> types.containsKey(name) || types.containsKey(name.replaceFirst("_(count|sum)$", "")));
	}

	@ParameterizedTest
	@MethodSource("files")
	void everyMetricThatIsNamedIsThereWithItsLabels(Path file) throws IOException {
		Matcher metric = METRIC.matcher(Files.readString(file));
		Map<String, Set<String>> series = this.scrape.series();
		int found = 0;
		for (; metric.find(); found++) {
			assertThat(series).as(file.toString()).containsKey(metric.group(1));
			Set<String> labels = Scrape.labels(metric.group(2));
			labels.remove("instance");
			assertThat(series.get(metric.group(1))).as(metric.group()).containsAll(labels);
		}
		assertThat(found).as(file.toString()).isPositive();
	}

	@Test
	void pageQuotesAScrape() throws IOException {
		List<String> quoted = Files.readAllLines(DIRECTORY.resolve("metrics.md"))
			.stream()
			.filter((line) -> line.startsWith("# HELP") || line.startsWith("# TYPE")
					|| line.startsWith("websocket_client"))
			.toList();
		assertThat(quoted).hasSizeGreaterThan(30).allMatch(this.scrape::hasLineLike);
	}

	@Test
	void dashboardShowsEveryMeter() throws IOException {
		String dashboard = Files.readString(DASHBOARD);
		assertThat(ConnectionMeter.values()).allMatch((meter) -> dashboard.contains(meter.getName().replace('.', '_')),
				"on the dashboard");
	}

	@Test
	void dashboardCanBeImported() throws IOException {
		JsonNode dashboard = JsonMapper.builder().build().readTree(Files.readString(DASHBOARD));
		assertThat(dashboard.at("/templating/list").valueStream().map((it) -> it.at("/name").asString()))
			.containsExactly("datasource", "instance", "connection");
		Set<Integer> ids = new TreeSet<>();
		Set<String> cells = new TreeSet<>();
		for (JsonNode panel : dashboard.at("/panels").valueStream().toList()) {
			assertThat(ids.add(panel.at("/id").asInt())).isTrue();
			assertThat(cells(panel.at("/gridPos"))).allMatch(cells::add, "covered by one panel");
			if (!"row".equals(panel.at("/type").asString())) {
				assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
				assertThat(panel.at("/targets").valueStream().map((it) -> it.at("/expr").asString())).isNotEmpty()
					.allMatch((expression) -> expression.contains("connection=~\"$connection\""));
			}
		}
	}

	@Test
	void everyAlertSaysWhatItIsAndWhatToDo() throws IOException {
		List<Map<String, Object>> rules = rules();
		assertThat(rules).hasSizeGreaterThanOrEqualTo(8);
		String page = Files.readString(DIRECTORY.resolve("metrics.md"));
		List<String> headings = Files.readAllLines(DIRECTORY.resolve("runbook.md"));
		for (Map<String, Object> rule : rules) {
			String name = rule.get("alert").toString();
			String runbook = "runbook.md#" + name.toLowerCase(Locale.ROOT);
			assertThat(rule).containsKeys("expr", "labels");
			assertThat(rule.get("annotations")).asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
				.containsKeys("summary", "description")
				.containsEntry("runbook_url", runbook);
			assertThat(page).contains("[" + name + "](" + runbook + ")");
			assertThat(headings).contains("### " + name);
		}
	}

	private Scrape scrape() {
		String text = this.http.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(text).isNotNull();
		return new Scrape(text);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> rules() throws IOException {
		Map<String, List<Map<String, Object>>> alerts = new Yaml().load(Files.readString(ALERTS));
		return (List<Map<String, Object>>) alerts.get("groups").get(0).get("rules");
	}

	private static List<String> cells(JsonNode position) {
		List<String> cells = new ArrayList<>();
		for (int x = 0; x < position.at("/w").asInt(); x++) {
			for (int y = 0; y < position.at("/h").asInt(); y++) {
				cells.add((position.at("/x").asInt() + x) + "," + (position.at("/y").asInt() + y));
			}
		}
		return cells;
	}

	static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.filter((file) -> file.toString().matches(".*\\.(json|yml)")).sorted().toList();
		}
	}

}
