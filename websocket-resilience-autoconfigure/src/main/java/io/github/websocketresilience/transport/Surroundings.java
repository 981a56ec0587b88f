package io.github.websocketresilience.transport;

import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Workers;

/**
 * What all sockets of a transport share.
 *
 * @param container makes the connections
 * @param workers run what may block
 * @param time runs timers
 * @param ssl knows keys and trusted certificates
 * @param sockets have not ended
 */
record Surroundings(Container container, Workers workers, Time time, SslContexts ssl, OpenSockets sockets) {

	Surroundings(Container container, Workers workers, Time time, SslContexts ssl) {
		this(container, workers, time, ssl, new OpenSockets(container.ignoresBrokenCloses() ? time : null));
	}

}
