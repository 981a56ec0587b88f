package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * What a named connection inherits from the top level: asked for a policy key of the
 * connection, answers with the one above. Comes after all sources in which the connection
 * itself is looked up, so that the connection's own value wins wherever it is written.
 *
 * @param source where the top level is looked up
 * @param from the prefix of the top level
 * @param to the prefix of the connection
 * @param keys the keys that exist
 */
record InheritedSource(ConfigurationPropertySource source, ConfigurationPropertyName from, ConfigurationPropertyName to,
		Keys keys) implements ConfigurationPropertySource {

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		if (!this.to.isAncestorOf(name)) {
			return null;
		}
		ConfigurationPropertyName key = PropertyReader.below(this.to, name);
		boolean inherited = this.keys.covering(key).filter((known) -> known.owner() == Owner.POLICY).isPresent();
		return inherited ? this.source.getConfigurationProperty(this.from.append(key)) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (!this.to.equals(name) && !this.to.isAncestorOf(name)) {
			return ConfigurationPropertyState.ABSENT;
		}
		ConfigurationPropertyName key = PropertyReader.below(this.to, name);
		boolean mayBeInherited = this.keys.all()
			.stream()
			.filter((known) -> known.owner() == Owner.POLICY)
			.anyMatch((known) -> known.covers(key) || key.isAncestorOf(known.name()));
		return mayBeInherited ? this.source.containsDescendantOf(this.from.append(key))
				: ConfigurationPropertyState.ABSENT;
	}

}
