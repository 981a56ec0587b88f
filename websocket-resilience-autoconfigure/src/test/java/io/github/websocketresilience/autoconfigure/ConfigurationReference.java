package io.github.websocketresilience.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

import org.springframework.core.ResolvableType;

/**
 * Writes the reference of all keys from the compiled metadata, in the order in which the
 * records have them.
 *
 * @param metadata what an IDE reads
 */
record ConfigurationReference(Metadata metadata) {

	private static final String TEMPLATE = """
			# Configuration

			<!-- Generated from the configuration metadata. To write it anew:
			mvn -pl websocket-resilience-autoconfigure clean test -Dtest=ConfigurationReferenceTests -Ddocs.update=true -->

			All keys are below `resilient.websocket`. At the top level they configure the connection named `default`; below
			`connections.<name>` the same keys configure [further ones](#named-connections). The column "inherited" says whether a
			named connection that does not set a key takes it from the top level.

			A key that does not exist, and a value that cannot be used, keep the application from starting. Values of `headers`,
			`query`, `basic`, `proxy`, `on-open`, `heartbeat.message` and `auto-replies` are shown nowhere, addresses without user
			info and query.

			Durations are written with their unit, `500ms`, `10s`, `1m`, and sizes too, `64KB`, `1MB`. A list is written as YAML
			writes it, with indexes (`urls[0]`), or as one text with commas; `ignore`, `on-open.send` and `heartbeat.reply.json`
			are not split at commas, so that one text is one element.

			%s
			## Named connections

			`%s.<name>.*`: %s

			```yaml
			resilient:
			  websocket:
			    heartbeat:
			      interval: 10s
			    connections:
			      prices:
			        url: wss://prices.example.com/ws
			      orders:
			        url: wss://orders.example.com/ws
			        headers:
			          X-Api-Key: ${API_KEY}
			        heartbeat:
			          interval: 30s
			```

			A name consists of `a-z`, `0-9` and dashes. Keys are inherited one by one: of `reconnect.delay` and
			`reconnect.jitter` a connection may set one and inherit the other. An empty value clears what would be inherited. What
			belongs to one server is never inherited, not even an address: a token must not travel to another host.

			| below a connection | keys |
			|---|---|
			| inherited | %s |
			| not inherited | %s |
			| not there: one value for the application | %s |

			In the metadata that IDEs read, all connections are one property, a map. An IDE that looks into the value type of a
			map, `ConnectionProperties`, completes and describes the keys below a connection as it does at the top level. One that
			reads nothing but the metadata cannot know names that you choose: it may mark these keys as unknown, though the
			application accepts them.

			## Actuator

			| key | type | default | description |
			|---|---|---|---|
			| `%s` | %s | `%s` | %s |
			""";

	String page() {
		Map<String, List<Key>> groups = Metadata.keys()
			.all()
			.stream()
			.collect(Collectors.groupingBy(ConfigurationReference::group, LinkedHashMap::new, Collectors.toList()));
		String tables = groups.entrySet()
			.stream()
			.map((group) -> table(group.getKey(), group.getValue()))
			.collect(Collectors.joining("\n"));
		JsonNode health = this.metadata.property("management.health.websocket.enabled");
		return TEMPLATE.formatted(tables, Metadata.CONNECTIONS,
				Metadata.text(this.metadata.property(Metadata.CONNECTIONS), "description"), ownedBy(Owner.POLICY),
				ownedBy(Owner.SERVER), ownedBy(Owner.APPLICATION), Metadata.text(health, "name"), "true or false",
				Metadata.text(health, "defaultValue"), Metadata.text(health, "description"));
	}

	private static String group(Key key) {
		if (key.owner() == Owner.APPLICATION) {
			return "All connections";
		}
		int last = key.name().getNumberOfElements() - 1;
		return (last > 0) ? "`" + key.name().chop(last) + "`" : "One connection";
	}

	private String table(String title, List<Key> keys) {
		boolean isShared = keys.get(0).owner() == Owner.APPLICATION;
		String head = isShared ? "| key | type | default | description |\n|---|---|---|---|\n"
				: "| key | type | default | inherited | description |\n|---|---|---|---|---|\n";
		return "## " + title + "\n\n" + head + keys.stream().map(this::row).collect(Collectors.joining());
	}

	private String row(Key key) {
		JsonNode property = this.metadata.property(Metadata.PREFIX + key.name());
		String value = Metadata.text(property, "defaultValue");
		String inherited = switch (key.owner()) {
			case APPLICATION -> "";
			case POLICY -> " yes |";
			case SERVER -> " no |";
		};
		return "| `%s` | %s | %s |%s %s%s |\n".formatted(key.name(), type(key),
				value.isEmpty() ? "" : "`" + value + "`", inherited, Metadata.text(property, "description"),
				hints(key));
	}

	private String hints(Key key) {
		StringBuilder result = new StringBuilder();
		for (JsonNode hint : this.metadata.hintedValues(Metadata.PREFIX + key.name())) {
			String description = Metadata.text(hint, "description");
			if (!description.isEmpty()) {
				result.append("<br>`%s`: %s".formatted(Metadata.text(hint, "value"), description));
			}
		}
		return result.toString();
	}

	private static String type(Key key) {
		String type = key.type().isEnum() ? choices(key.type()) : ExpectedValue.of(ResolvableType.forClass(key.type()));
		return switch (key.shape()) {
			case SCALAR -> type.replaceFirst(", such as .*", "").replaceFirst("^an? ", "");
			case LIST -> "list of " + ((key.type() == Integer.class) ? "whole numbers" : "texts");
			case MAP -> "names with a text each";
			case RECORDS -> "list of " + key.elements()
				.all()
				.stream()
				.map((element) -> "`" + element.name() + "`")
				.collect(Collectors.joining(" and "));
		};
	}

	private static String choices(Class<?> type) {
		String all = ExpectedValue.of(ResolvableType.forClass(type));
		return List.of(all.substring("one of ".length()).split(", "))
			.stream()
			.map((choice) -> "`" + choice + "`")
			.collect(Collectors.joining(" or "));
	}

	private static String ownedBy(Owner owner) {
		Function<Key, String> shown = (key) -> "`" + key.name() + "`";
		return Metadata.keys()
			.all()
			.stream()
			.filter((key) -> key.owner() == owner)
			.map(shown)
			.collect(Collectors.joining(", "));
	}

}
