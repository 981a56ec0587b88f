package io.github.websocketresilience.sample.server;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be chosen of the server.
 *
 * @param port where it listens, apart from the page
 * @param pingInterval how often it pings its clients
 * @param idleLimit how long it keeps a client from which nothing comes
 * @param maxSockets how many sockets it has at most
 */
@ConfigurationProperties("demo")
public record DemoProperties(@DefaultValue("8081") int port, @DefaultValue("5s") Duration pingInterval,
		@DefaultValue("15s") Duration idleLimit, @DefaultValue("200") int maxSockets) {
}
