package io.github.websocketresilience.transport;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.channels.AsynchronousChannelGroup;

import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import org.apache.tomcat.websocket.AsyncChannelGroupUtil;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tomcat's client with channels of ours, and what is left of it.
 */
class TomcatContainerTests {

	private final RawServer server = new RawServer((connection) -> {
		connection.accept();
		connection.sendText("hello");
		connection.serve();
	});

	private final int before = users();

	@AfterEach
	void close() {
		this.server.close();
		assertThat(users()).isEqualTo(this.before);
	}

	@Test
	void threadsAreHeldFromTheFirstAttemptUntilTheEnd() throws Exception {
		TomcatContainer container = TomcatContainer.create();
		assertThat(users()).isEqualTo(this.before);
		for (int i = 0; i < 3; i++) {
			assertThat(connect(container, this.server.uri()).isOpen()).isTrue();
		}
		assertThat(users()).isEqualTo(this.before + 1);
		AsynchronousChannelGroup threads = AsyncChannelGroupUtil.register();
		AsyncChannelGroupUtil.unregister();
		container.destroy();
		assertThat(users()).isEqualTo(this.before);
		RealTransport.await(() -> threads.isTerminated() == (this.before == 0));
		container.destroy();
	}

	@Test
	void failedAttemptsHoldNoMoreThanOneGroup() {
		TomcatContainer container = TomcatContainer.create();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(DeploymentException.class)
				.isThrownBy(() -> connect(container, URI.create("ws://127.0.0.1:1")));
		}
		assertThat(users()).isEqualTo(this.before + 1);
		container.destroy();
	}

	@Test
	void containerThatWasNeverUsedHoldsNothing() {
		TomcatContainer.create().destroy();
		assertThat(users()).isEqualTo(this.before);
	}

	@Test
	void attemptAfterTheEndLeavesNothingBehind() throws Exception {
		TomcatContainer container = TomcatContainer.create();
		connect(container, this.server.uri());
		container.destroy();
		assertThat(connect(container, this.server.uri()).isOpen()).isFalse();
		RealTransport.await(() -> this.server.connections().get(1).isGone());
		assertThat(users()).isEqualTo(this.before);
	}

	@Test
	void endOfOneTransportIsNotTheEndOfAnother() {
		RealTransport first = new RealTransport();
		try (RealTransport second = new RealTransport()) {
			first.open(this.server);
			RecordingAttempt attempt = second.open(this.server);
			assertThat(users()).isEqualTo(this.before + 2);
			first.close();
			RecordingAttempt next = second.open(this.server);
			RealTransport.await(() -> attempt.texts().contains("hello") && next.texts().contains("hello"));
			assertThat(attempt.hasEnded()).isFalse();
		}
	}

	@Test
	void containerOfAnotherOwnerKeepsItsChannels() throws Exception {
		WsWebSocketContainer theirs = new WsWebSocketContainer();
		connect(Container.of(theirs), this.server.uri());
		Field field = WsWebSocketContainer.class.getDeclaredField("asynchronousChannelGroup");
		field.setAccessible(true);
		assertThat(field.get(theirs)).isNotNull().isNotInstanceOf(WatchfulChannelGroup.class);
		theirs.destroy();
	}

	private static Session connect(Container container, URI uri) throws DeploymentException, IOException {
		return container.connect(new Deaf(), ClientEndpointConfig.Builder.create().build(), uri, () -> false);
	}

	/** How many containers share Tomcat's threads, which end with the last one. */
	private static int users() {
		try {
			Field field = AsyncChannelGroupUtil.class.getDeclaredField("usageCount");
			field.setAccessible(true);
			return field.getInt(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Deaf extends Endpoint {

		@Override
		public void onOpen(Session session, EndpointConfig config) {
			// Nothing to hear.
		}

	}

}
