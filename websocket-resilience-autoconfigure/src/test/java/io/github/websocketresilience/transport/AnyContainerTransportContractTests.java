package io.github.websocketresilience.transport;

import io.github.websocketresilience.engine.TransportContractTests;
import org.apache.tomcat.websocket.WsWebSocketContainer;

/**
 * The contract on real sockets, with nothing known of the container beyond the standard.
 */
class AnyContainerTransportContractTests extends TransportContractTests {

	@Override
	protected Network createNetwork() {
		WsWebSocketContainer container = new WsWebSocketContainer();
		container.setProcessPeriod(1);
		return new SpringWebSocketTransportContractTests.RealNetwork(
				new RealTransport(new Container(container), HostLookup.ofSystem()), container::destroy);
	}

}
