package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The beans that know where servers are.
 *
 * @param beans the beans, in order
 */
record DetailsBeans(List<WebSocketConnectionDetails> beans) {

	/**
	 * Look the addresses of a connection up.
	 * @param connection its name
	 * @return the addresses, empty if no bean knows the connection
	 */
	List<URI> urls(String connection) {
		return this.beans.stream()
			.map((details) -> details.urls(connection))
			.filter((urls) -> !urls.isEmpty())
			.findFirst()
			.orElse(List.of());
	}

	/**
	 * Return what is asked before each attempt.
	 * @param settings what was asked for
	 * @return a source that falls back to the settings, or {@code null} if there is no
	 * bean to ask
	 */
	@Nullable Supplier<List<URI>> source(ConnectionSettings settings) {
		return this.beans.isEmpty() ? null : () -> {
			List<URI> urls = urls(settings.name());
			return urls.isEmpty() ? settings.urls() : urls;
		};
	}

}
