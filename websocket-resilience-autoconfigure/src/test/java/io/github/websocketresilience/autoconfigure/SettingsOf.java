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
	 * @param settings the settings of one that does not
	 * @return the variant
	 */
	static ConnectionSettings autoStarted(ConnectionSettings settings) {
		return ConnectionSettings.builder(settings.name(), settings.url())
			.handshake(settings.handshake())
			.startup(new ConnectionSettings.Startup(true, settings.startup().failFast()))
			.build();
	}

}
