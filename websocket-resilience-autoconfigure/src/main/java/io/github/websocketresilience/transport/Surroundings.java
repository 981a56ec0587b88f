package io.github.websocketresilience.transport;

import io.github.websocketresilience.engine.Time;

/**
 * What all sockets of a transport share.
 *
 * @param container makes the connections
 * @param workers run what may block
 * @param time runs timers
 * @param ssl knows keys and trusted certificates
 * @param sockets have not ended
 */
record Surroundings(Container container, SystemWorkers workers, Time time, SslContexts ssl, OpenSockets sockets) {

	Surroundings(Container container, SystemWorkers workers, Time time, SslContexts ssl) {
		this(container, workers, time, ssl, new OpenSockets());
	}

}
