package io.github.websocketresilience.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.transport.SslContexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes contexts of the application's {@link SslBundles}, and renews the connections that
 * use a bundle when it was reloaded.
 */
final class SslBundleContexts implements SslContexts {

	private static final Logger logger = LoggerFactory.getLogger(SslBundleContexts.class);

	private final Supplier<@Nullable SslBundles> bundles;

	private final Supplier<Collection<DeferredConnection>> connections;

	// Handlers cannot be taken back, so there is one a bundle, not one a connection.
	private final Map<String, Boolean> watched = new ConcurrentHashMap<>();

	SslBundleContexts(Supplier<@Nullable SslBundles> bundles, Supplier<Collection<DeferredConnection>> connections) {
		this.bundles = bundles;
		this.connections = connections;
	}

	@Override
	public SSLContext of(String bundle) {
		SslBundles all = this.bundles.get();
		if (all == null) {
			throw new IllegalStateException("There are no SSL bundles");
		}
		// Before it is read: what changes from now on is seen.
		this.watched.computeIfAbsent(bundle, (name) -> {
			all.addBundleUpdateHandler(name, (updated) -> renew(name, updated));
			return true;
		});
		return all.getBundle(bundle).createSslContext();
	}

	/**
	 * Check the bundle that a connection names.
	 * @param settings the settings of the connection
	 * @throws InvalidSettingException if there is no such bundle
	 */
	void check(ConnectionSettings settings) {
		String bundle = settings.security().sslBundle();
		SslBundles all = this.bundles.get();
		List<String> names = (all != null) ? all.getBundleNames().stream().sorted().toList() : List.of();
		if (bundle != null && !names.contains(bundle)) {
			throw new InvalidSettingException("ssl.bundle", bundle,
					names.isEmpty() ? "name an SSL bundle, and there is none below 'spring.ssl.bundle'"
							: "be one of the SSL bundles " + String.join(", ", names));
		}
	}

	private void renew(String name, SslBundle updated) {
		try {
			updated.createSslContext();
		}
		catch (RuntimeException ex) {
			logger.warn("SSL bundle '{}' was reloaded and cannot be used; open connections stay as they are", name, ex);
			return;
		}
		this.connections.get()
			.stream()
			.filter((connection) -> name.equals(connection.settings().security().sslBundle()))
			.filter(DeferredConnection::isMade)
			.map(DeferredConnection::managed)
			.forEach(ManagedConnection::renew);
	}

}
