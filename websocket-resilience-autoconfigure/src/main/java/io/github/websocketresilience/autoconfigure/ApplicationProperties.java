package io.github.websocketresilience.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties that all connections share.
 *
 * @param enabled Whether to set up managed WebSocket connections.
 * @param phase Lifecycle phase in which all connections start and stop. With a phase
 * between those of the web server and of its graceful shutdown, connections start when
 * the server listens and stop when requests have drained.
 * @param keepAlive Whether a started connection keeps the JVM alive.
 * @param threads upper bounds of the thread groups
 */
@ConfigurationProperties("resilient.websocket")
record ApplicationProperties(@BelongsTo(Owner.APPLICATION) @DefaultValue("true") boolean enabled,
		@BelongsTo(Owner.APPLICATION) @DefaultValue("2147482111") int phase,
		@BelongsTo(Owner.APPLICATION) @DefaultValue("true") boolean keepAlive, @DefaultValue Threads threads) {

	/**
	 * Upper bounds of the thread groups.
	 *
	 * @param io Upper bound of platform threads for handshakes, writes, pings and closes.
	 * Unused with virtual threads.
	 * @param listeners Upper bound of platform threads that call listeners, and of those
	 * that complete futures. Unused with virtual threads.
	 */
	record Threads(@BelongsTo(Owner.APPLICATION) @DefaultValue("64") int io,
			@BelongsTo(Owner.APPLICATION) @DefaultValue("64") int listeners) {
	}

}
