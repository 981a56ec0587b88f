package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.ConnectionSettings;

/**
 * Makes variants of settings.
 */
final class SettingsOf {

	private SettingsOf() {
	}

	/**
	 * Return settings of a connection that starts by itself and that startup waits for.
	 * @param name its name
	 * @param settings the settings of one that does not
	 * @return the variant
	 */
	static ConnectionSettings autoStarted(String name, ConnectionSettings settings) {
		return ConnectionSettings.builder(name, settings.url())
			.handshake(settings.handshake())
			.startup(new ConnectionSettings.Startup(true, settings.startup().failFast()))
			.build();
	}

}
