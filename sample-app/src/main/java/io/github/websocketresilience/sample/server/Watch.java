package io.github.websocketresilience.sample.server;

import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The server's half of the bargain: pings its clients, and drops those from which nothing
 * comes.
 */
@Component
class Watch {

	private static final Logger logger = LoggerFactory.getLogger(Watch.class);

	private final Sockets sockets;

	private final DemoProperties properties;

	Watch(Sockets sockets, DemoProperties properties) {
		this.sockets = sockets;
		this.properties = properties;
	}

	@Scheduled(fixedRateString = "${demo.ping-interval:5s}")
	void look() {
		Instant limit = Instant.now().minus(this.properties.idleLimit());
		for (ClientSocket socket : this.sockets.matching((it) -> !it.isSilent())) {
			if (socket.heardSince(limit)) {
				socket.ping();
			}
			else {
				logger.info("dropping a client that has been silent for {}s", this.properties.idleLimit().toSeconds());
				socket.drop();
			}
		}
	}

}
