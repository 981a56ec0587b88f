package io.github.websocketresilience.sample.page;

import java.util.List;

import io.github.websocketresilience.sample.server.Faults;
import io.github.websocketresilience.sample.server.Sockets;

import org.springframework.stereotype.Component;

/**
 * What the page shows of the server.
 */
@Component
class ServerState {

	private final Sockets sockets;

	private final Faults faults;

	ServerState(Sockets sockets, Faults faults) {
		this.sockets = sockets;
		this.faults = faults;
	}

	Now now() {
		return new Now(this.sockets.count(), this.faults.lasting());
	}

	/**
	 * The server at one moment.
	 *
	 * @param sockets how many it has
	 * @param faults those that last
	 */
	record Now(int sockets, List<Faults.Lasting> faults) {
	}

}
