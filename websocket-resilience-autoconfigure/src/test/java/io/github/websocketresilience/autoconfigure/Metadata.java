package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compiled metadata, with what was added by hand.
 *
 * @param json the whole document
 */
record Metadata(JsonNode json) {

	static final String PREFIX = "resilient.websocket.";

	static final String CONNECTIONS = PREFIX + "connections";

	static Metadata read() {
		try (InputStream json = Metadata.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return new Metadata(JsonMapper.shared().readTree(json));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Keys keys() {
		return Keys.of(ApplicationProperties.class, ConnectionProperties.class);
	}

	/**
	 * Return the properties of the top level.
	 * @return those below our prefix, without the map of named connections
	 */
	List<JsonNode> properties() {
		List<JsonNode> properties = new ArrayList<>();
		for (JsonNode property : this.json.path("properties")) {
			String name = text(property, "name");
			if (name.startsWith(PREFIX) && !name.equals(CONNECTIONS)) {
				properties.add(property);
			}
		}
		return properties;
	}

	JsonNode property(String name) {
		return find("properties", name);
	}

	/**
	 * Return the hints for a property.
	 * @param name its name
	 * @return the values that are suggested, none if there are no hints
	 */
	JsonNode hintedValues(String name) {
		return find("hints", name).path("values");
	}

	static String text(JsonNode node, String field) {
		return node.path(field).asString("");
	}

	private JsonNode find(String list, String name) {
		for (JsonNode node : this.json.path(list)) {
			if (text(node, "name").equals(name)) {
				return node;
			}
		}
		return this.json.path("absent");
	}

}
