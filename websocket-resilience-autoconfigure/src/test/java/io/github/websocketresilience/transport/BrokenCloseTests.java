package io.github.websocketresilience.transport;

import java.io.IOException;
import java.util.HexFormat;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.apache.tomcat.websocket.WsFrameBase;
import org.apache.tomcat.websocket.WsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Close frames that cannot be read, on real sockets.
 */
class BrokenCloseTests {

	private static final TestCertificates CA = new TestCertificates("Authority");

	private static final String HALF_A_CODE = "8801 78";

	private static final String CUT_REASON = "8804 03e8 61c3";

	@ParameterizedTest
	@ValueSource(strings = { HALF_A_CODE, CUT_REASON })
	void endsTheSocketAndTcp(String frame) throws IOException {
		try (RawServer server = new RawServer(BrokenCloseTests::accept);
				RealTransport transport = new RealTransport()) {
			assertEnds(transport.open(server), server, frame);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { HALF_A_CODE, CUT_REASON })
	void endsTheSocketAndTcpOverTls(String frame) throws IOException {
		try (RawServer server = RawServer.secure(CA.context(CA.host("127.0.0.1")), false, BrokenCloseTests::accept);
				RealTransport transport = new RealTransport((name) -> CA.context(null))) {
			assertEnds(transport.open(server, RealTransport.bundle("mine")), server, frame);
		}
	}

	@Test
	void socketsOpenedLaterAreLookedAfterToo() throws IOException {
		try (RawServer server = new RawServer(BrokenCloseTests::accept);
				RealTransport transport = new RealTransport()) {
			RecordingAttempt first = transport.open(server);
			first.socket().abort(1001);
			RealTransport.await(() -> server.connections().get(0).isGone());
			RecordingAttempt second = transport.open(server);
			send(server.connections().get(1), HALF_A_CODE);
			RealTransport.await(second::hasEnded);
			assertThat(second.failure().closeCode()).isEqualTo(1002);
		}
	}

	@Test
	void fieldsOfTomcatAreThere() {
		assertThat(new BrokenClose(WsSession.class, WsFrameBase.class).canBeSeen()).isTrue();
	}

	@Test
	void containerWithoutTheFieldsIsLeftAlone() {
		assertThat(new BrokenClose(WsSession.class, String.class).canBeSeen()).isFalse();
		assertThat(new BrokenClose(String.class, WsFrameBase.class).canBeSeen()).isFalse();
	}

	private static void accept(RawServer.Connection connection) throws IOException, InterruptedException {
		connection.accept();
		connection.serve();
	}

	private static void assertEnds(RecordingAttempt attempt, RawServer server, String frame) throws IOException {
		RawServer.Connection connection = server.connections().get(0);
		// What comes with the answer to the upgrade Tomcat handles as it should.
		connection.sendText("first");
		RealTransport.await(() -> attempt.texts().contains("first"));
		send(connection, frame);
		RealTransport.await(attempt::hasEnded);
		Disconnect failure = attempt.failure();
		assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL_ERROR);
		assertThat(failure.closeCode()).isEqualTo(1002);
		assertThat(failure.text()).isEqualTo("the peer sent a broken close frame");
		RealTransport.await(connection::isGone);
		assertThat(connection.closeCodes()).containsExactly(1002);
	}

	private static void send(RawServer.Connection connection, String frame) throws IOException {
		connection.write(HexFormat.of().parseHex(frame.replace(" ", "")));
	}

}
