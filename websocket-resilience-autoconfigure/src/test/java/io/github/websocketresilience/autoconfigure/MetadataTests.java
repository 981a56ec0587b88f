package io.github.websocketresilience.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the generated metadata: what an IDE shows of our properties.
 */
class MetadataTests {

	/** Texts, lists and maps that are empty, and a bound that depends on another key. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("url", "urls", "group", "ssl.bundle", "basic.username",
			"basic.password", "oauth2.registration-id", "proxy.username", "proxy.password", "query", "headers",
			"subprotocols", "ignore", "heartbeat.message", "heartbeat.reply.text", "heartbeat.reply.contains",
			"heartbeat.reply.pattern", "heartbeat.reply.json", "auto-replies", "on-open.send", "reconnect.max-delay",
			"reconnect.stop-on-close-codes", "reconnect.stop-on-http-statuses", "outbound.rate-limit",
			"inbound.max-silence", "request.id", "request.reply-id");

	private static final Metadata metadata = Metadata.read();

	@Test
	void everyKeyIsThereAndNoOther() {
		Set<String> known = Metadata.keys()
			.all()
			.stream()
			.map((key) -> Metadata.PREFIX + key.name())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(properties()).extracting(MetadataTests::name).containsExactlyInAnyOrderElementsOf(known);
	}

	@ParameterizedTest
	@MethodSource("properties")
	void descriptionFollowsBootsWording(JsonNode property) {
		String description = property.path("description").stringValue("");
		assertThat(description).as(name(property)).isNotBlank().endsWith(".").doesNotStartWithIgnoringCase("the ");
		assertThat(description).as(name(property)).doesNotStartWithIgnoringCase("a ");
		assertThat(description.substring(0, 1)).isUpperCase();
		boolean isBoolean = "java.lang.Boolean".equals(typeOf(property));
		assertThat(description.startsWith("Whether to ") || description.startsWith("Whether a ")).as(name(property))
			.isEqualTo(isBoolean);
	}

	@ParameterizedTest
	@MethodSource("properties")
	void keyHasADefaultOrIsKnownToHaveNone(JsonNode property) {
		assertThat(property.has("defaultValue")).as(name(property))
			.isNotEqualTo(WITHOUT_DEFAULT.contains(name(property).substring(Metadata.PREFIX.length())));
	}

	@Test
	void defaultPhaseIsBetweenThoseOfTheWebServerAndItsGracefulShutdown() {
		JsonNode phase = properties().stream()
			.filter((property) -> name(property).equals(Metadata.PREFIX + "phase"))
			.findFirst()
			.orElseThrow();
		assertThat(phase.path("defaultValue").intValue()).isEqualTo(SmartLifecycle.DEFAULT_PHASE - 1536);
	}

	@Test
	void choicesAreEnumsThatAnIdeCompletes() {
		assertThat(properties()).filteredOn((property) -> typeOf(property).startsWith("io.github.websocketresilience."))
			.filteredOn((property) -> !name(property).equals(Metadata.PREFIX + "auto-replies"))
			.extracting((property) -> name(property).substring(Metadata.PREFIX.length()))
			.containsExactlyInAnyOrder("heartbeat.proof", "outbound.when-disconnected", "outbound.overflow",
					"inbound.overflow", "inbound.dispatch", "inbound.on-silence", "health.stopped-status");
	}

	@Test
	void hintsAreForKeysThatExist() {
		Set<String> names = properties().stream().map(MetadataTests::name).collect(Collectors.toSet());
		List<String> hints = new ArrayList<>();
		metadata.json().path("hints").forEach((hint) -> hints.add(name(hint).replaceAll("\\.keys$", "")));
		assertThat(hints).isNotEmpty().isSubsetOf(names);
	}

	@Test
	void namedConnectionsAreAMapOfWhatOneConnectionHas() {
		JsonNode connections = metadata.property(Metadata.CONNECTIONS);
		assertThat(typeOf(connections))
			.isEqualTo("java.util.Map<java.lang.String," + ConnectionProperties.class.getName() + ">");
		assertThat(connections.path("description").stringValue("")).startsWith("Further connections").endsWith(".");
		assertThat(Keys.of(ConnectionProperties.class).all()).extracting(Key::owner).doesNotContain(Owner.APPLICATION);
	}

	static List<JsonNode> properties() {
		return metadata.properties();
	}

	private static String typeOf(JsonNode property) {
		return property.path("type").stringValue("");
	}

	private static String name(JsonNode node) {
		return node.path("name").stringValue("");
	}

}
