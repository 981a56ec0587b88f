package io.github.websocketresilience.actuate.endpoint;

import java.time.Instant;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketsEndpoint}.
 */
class WebSocketsEndpointTests {

	private final StubConnection connection = new StubConnection("prices");

	private final WebSocketsEndpoint endpoint = new WebSocketsEndpoint(new StubConnections(this.connection),
			new ConnectionHistory());

	@Test
	void connectionInShort() {
		Instant since = Instant.parse("2026-11-20T10:00:00Z");
		this.connection.be(ConnectionState.WAITING, since, since);
		this.connection.disconnected(Disconnect.peerClosed(1001, "secret"), false);
		this.connection.amounts(new ConnectionSnapshot.Amount(1, 10), new ConnectionSnapshot.Amount(2, 20),
				new ConnectionSnapshot.Amount(3, 30), new ConnectionSnapshot.Amount(4, 40));
		assertThat(this.endpoint.connections().connections()).containsOnlyKeys("prices")
			.containsEntry("prices", new WebSocketsEndpoint.ConnectionSummary(null, ConnectionState.WAITING, since,
					"ws://localhost/ws", "closed by peer with 1001 (going away)", 3, 4, 0, 1));
	}

	@Test
	void connectionAsAWhole() {
		WebSocketsEndpoint.ConnectionDescriptor descriptor = this.endpoint.connection("prices");
		assertThat(descriptor).isNotNull();
		assertThat(descriptor.snapshot()).isEqualTo(this.connection.snapshot());
		assertThat(descriptor.toString()).doesNotContain("secret");
	}

	@Test
	void unknownConnectionIsNull() {
		assertThat(this.endpoint.connection("other")).isNull();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answersCanBeWrittenAsJsonInANativeImage(Class<?> answer) {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, WebSocketsEndpoint.class,
				WebSocketsEndpointWebExtension.class);
		String component = answer.getRecordComponents()[0].getName();
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(answer, component)).accepts(hints);
	}

	static Stream<Class<?>> answers() {
		return Stream.of(WebSocketsEndpoint.ConnectionsDescriptor.class, WebSocketsEndpoint.ConnectionSummary.class,
				WebSocketsEndpoint.ConnectionDescriptor.class, WebSocketsEndpoint.ActionDescriptor.class,
				Transition.class, ConnectionSnapshot.class, ConnectionSnapshot.Amount.class,
				ConnectionSnapshot.Listening.class, Disconnect.class);
	}

}
