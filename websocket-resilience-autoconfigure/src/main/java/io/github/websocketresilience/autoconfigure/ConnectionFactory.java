package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.engine.Ports;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Makes connections of settings.
 *
 * @param ports the outside world, there from the first connection on
 * @param hooks the beans they ask and tell
 * @param details the beans that know addresses of configured connections
 * @param ssl knows the bundles that settings may name, or {@code null} if names mean
 * something else
 * @param registrations knows the client registrations that settings may name, or
 * {@code null} if somebody else looks after tokens
 * @param environment where the settings come from
 */
record ConnectionFactory(Supplier<Ports> ports, HookBeans hooks, DetailsBeans details, @Nullable SslBundleContexts ssl,
		@Nullable RegistrationCheck registrations, Environment environment) {

	/**
	 * Make a connection that is configured.
	 * @param settings what was asked for
	 * @return the connection; its beans are looked up later
	 * @throws NoWebSocketContainerException if there are no sockets
	 */
	DeferredConnection configured(ConnectionSettings settings) {
		return connection(settings, this.details.source(settings), (ex) -> explain(settings, ex));
	}

	/**
	 * Make a connection that is opened at run time.
	 * @param settings what was asked for
	 * @return the connection; its beans are looked up later
	 * @throws NoWebSocketContainerException if there are no sockets
	 */
	DeferredConnection dynamic(ConnectionSettings settings) {
		return connection(settings, null, (ex) -> ex);
	}

	private DeferredConnection connection(ConnectionSettings settings, @Nullable Supplier<List<URI>> addresses,
			Function<InvalidSettingException, RuntimeException> explained) {
		Ports outside = this.ports.get();
		FirstOpen firstOpen = settings.startup().failFast() ? new FirstOpen() : null;
		return new DeferredConnection(settings, firstOpen, () -> {
			try {
				check(settings);
				return new ManagedConnection(settings, outside, this.hooks.lookUp(settings, firstOpen, addresses));
			}
			catch (InvalidSettingException ex) {
				throw explained.apply(ex);
			}
		});
	}

	private void check(ConnectionSettings settings) {
		if (this.ssl != null) {
			this.ssl.check(settings);
		}
		if (this.registrations != null) {
			this.registrations.check(settings);
		}
	}

	// All else is refused earlier: what is still missed is a registration, a bundle, or a
	// JSON library
	private RuntimeException explain(ConnectionSettings settings, InvalidSettingException ex) {
		PropertyReader reader = WebSocketSettings.reader(settings.name(), this.environment);
		if (ex instanceof InvalidRegistrationException invalid) {
			return reader.failure(ex, invalid.problem()::action);
		}
		return ex.property().startsWith("ssl.") ? reader.failure(ex)
				: reader.failure(ex, ConnectionFactory::addJackson);
	}

	private static String addJackson(String property) {
		return "Add 'org.springframework.boot:spring-boot-starter-jackson', define a JsonCodec bean, or remove '"
				+ property + "'.";
	}

}
