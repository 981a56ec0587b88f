package io.github.websocketresilience.autoconfigure;

import java.util.function.Supplier;

import io.github.websocketresilience.engine.Ports;
import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.Workers;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The outside world of all connections. Sockets are looked up with the first connection:
 * an application without any needs no container.
 */
final class WebSocketPorts implements Supplier<Ports> {

	private final ObjectProvider<Transport> transport;

	private final Time time;

	private final Workers workers;

	/**
	 * Create the ports.
	 * @param transport the sockets
	 * @param time the clock and timers
	 * @param workers the threads
	 * @param beans where the sockets are: connections close before them
	 */
	WebSocketPorts(ObjectProvider<Transport> transport, Time time, Workers workers,
			ConfigurableListableBeanFactory beans) {
		this.transport = transport;
		this.time = time;
		this.workers = workers;
		for (String name : beans.getBeanNamesForType(Transport.class, true, false)) {
			beans.registerDependentBean(name, "webSocketPorts");
		}
	}

	/**
	 * Return the ports, with sockets made now if they were not.
	 * @throws NoWebSocketContainerException if there are no sockets
	 */
	@Override
	public Ports get() {
		try {
			Transport sockets = this.transport.getIfAvailable();
			if (sockets == null) {
				throw new NoWebSocketContainerException(null);
			}
			return new Ports(sockets, this.time, this.workers);
		}
		catch (BeanCreationException ex) {
			throw (ex.getMostSpecificCause() instanceof NoWebSocketContainerException missing) ? missing : ex;
		}
	}

}
