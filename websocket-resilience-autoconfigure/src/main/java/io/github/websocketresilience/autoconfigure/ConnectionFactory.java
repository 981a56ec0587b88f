package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.engine.Ports;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Makes connections of settings.
 *
 * @param ports the outside world
 * @param hooks the beans they ask and tell
 * @param ssl knows the bundles that settings may name, or {@code null} if names mean
 * something else
 * @param environment where the settings come from
 */
record ConnectionFactory(Ports ports, HookBeans hooks, @Nullable SslBundleContexts ssl, Environment environment) {

	/**
	 * Make a connection.
	 * @param settings what was asked for
	 * @return the connection; its beans are looked up later
	 */
	DeferredConnection connection(ConnectionSettings settings) {
		FirstOpen firstOpen = settings.startup().failFast() ? new FirstOpen() : null;
		return new DeferredConnection(settings, firstOpen, () -> managed(settings, firstOpen));
	}

	private ManagedConnection managed(ConnectionSettings settings, @Nullable FirstOpen firstOpen) {
		checkBundle(settings);
		try {
			return new ManagedConnection(settings, this.ports, this.hooks.lookUp(firstOpen));
		}
		catch (InvalidSettingException ex) {
			// All else is refused earlier: what an engine still misses is a JSON library
			throw PropertyReader.topLevel(this.environment).failure(ex, ConnectionFactory::addJackson);
		}
	}

	private void checkBundle(ConnectionSettings settings) {
		try {
			if (this.ssl != null) {
				this.ssl.check(settings);
			}
		}
		catch (InvalidSettingException ex) {
			throw PropertyReader.topLevel(this.environment).failure(ex);
		}
	}

	private static String addJackson(String property) {
		return "Add 'org.springframework.boot:spring-boot-starter-jackson', define a JsonCodec bean, or remove '"
				+ property + "'.";
	}

}
