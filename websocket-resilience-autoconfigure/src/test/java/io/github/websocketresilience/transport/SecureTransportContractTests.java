package io.github.websocketresilience.transport;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.TransportContractTests;
import org.junit.jupiter.api.AfterAll;

/**
 * The contract over TLS, for which Tomcat has threads of its own.
 */
class SecureTransportContractTests extends TransportContractTests {

	private static final String TOMCAT_THREAD = "WebSocketClient-SecureIO-";

	private static final TestCertificates CA = new TestCertificates("Authority");

	private static final TestCertificates.Identity SERVER = CA.host("127.0.0.1");

	@Override
	protected Network createNetwork() {
		return new SecureNetwork();
	}

	@AfterAll
	static void noThreadOfTheContainerIsLeft() {
		RealTransport.await(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith(TOMCAT_THREAD)));
	}

	private static final class SecureNetwork extends SpringWebSocketTransportContractTests.RealNetwork {

		SecureNetwork() {
			super(new RealTransport((name) -> CA.context(null)), () -> {
			});
		}

		@Override
		public Transport transport() {
			Transport transport = super.transport();
			return (settings,
					attempt) -> transport.connect(RealTransport.bundle("mine")
						.apply(ConnectionSettings.builder(settings.name(), settings.url()))
						.build(), attempt);
		}

		@Override
		RawServer server(RawServer.Script script) {
			return RawServer.secure(CA.context(SERVER), false, script);
		}

	}

}
