package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link ConnectionsLifecycle}: when connections start and stop.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionsLifecycleTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=ws://user:s3cret@localhost:9/ws?s3cret");

	private final ApplicationContextRunner opening = this.runner.withBean(ScriptedTransport.class,
			() -> new ScriptedTransport(ScriptedTransport.Script.OPEN));

	@Test
	void connectionStartsAndStopsWithTheContext() {
		WebSocketConnection[] connection = new WebSocketConnection[1];
		this.opening.run((context) -> {
			connection[0] = connection(context);
			awaitState(connection[0], ConnectionState.OPEN);
			assertThat(lifecycle(context).isRunning()).isTrue();
		});
		assertThat(connection[0].state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void phaseIsBetweenTheWebServerAndItsGracefulShutdown() {
		this.opening
			.run((context) -> assertThat(lifecycle(context).getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE - 1024)
				.isGreaterThan(SmartLifecycle.DEFAULT_PHASE - 2048));
		this.opening.withPropertyValues("resilient.websocket.phase=7")
			.run((context) -> assertThat(lifecycle(context).getPhase()).isEqualTo(7));
	}

	@Test
	void connectionWithoutAutoStartupStaysIdleUntilStartedByHandAndIsThenStopped() {
		WebSocketConnection[] connection = new WebSocketConnection[1];
		this.opening.withPropertyValues("resilient.websocket.auto-startup=false").run((context) -> {
			connection[0] = connection(context);
			assertThat(connection[0].state()).isEqualTo(ConnectionState.IDLE);
			assertThat(lifecycle(context).isRunning()).isTrue();
			connection[0].start();
		});
		assertThat(connection[0].state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void connectionClosedByHandStaysClosedUntilTheContextIsStoppedAndStarted() {
		this.opening.run((context) -> {
			ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
			connection(context).close().join();
			lifecycle.start();
			assertThat(connection(context).state()).isEqualTo(ConnectionState.CLOSED);
			lifecycle.stop();
			assertThat(lifecycle(context).isRunning()).isFalse();
			lifecycle.start();
			awaitState(connection(context), ConnectionState.OPEN);
		});
	}

	@Test
	void contextThatIsStoppedCanBeStartedAgain() {
		this.opening.run((context) -> {
			ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
			awaitState(connection(context), ConnectionState.OPEN);
			lifecycle.stop();
			assertThat(connection(context).state()).isEqualTo(ConnectionState.CLOSED);
			lifecycle.start();
			awaitState(connection(context), ConnectionState.OPEN);
			assertThat(context.getBean(ScriptedTransport.class).opened()).isEqualTo(2);
		});
	}

	@Test
	void contextThatIsPausedAsTheTestCacheDoesCanBeRestarted() {
		this.opening.run((context) -> {
			ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
			for (int round = 1; round <= 3; round++) {
				awaitState(connection(context), ConnectionState.OPEN);
				assertThat(context.getBean(ScriptedTransport.class).opened()).isEqualTo(round);
				lifecycle.pause();
				assertThat(connection(context).state()).isEqualTo(ConnectionState.CLOSED);
				lifecycle.restart();
			}
		});
	}

	@Test
	void connectionStartedByHandRunsAgainAfterARestart() {
		this.opening.withPropertyValues("resilient.websocket.auto-startup=false").run((context) -> {
			connection(context).start();
			awaitState(connection(context), ConnectionState.OPEN);
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			awaitState(connection(context), ConnectionState.OPEN);
		});
	}

	@Test
	void connectionNeverStartedStaysIdleOverARestart() {
		this.opening.withPropertyValues("resilient.websocket.auto-startup=false").run((context) -> {
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(connection(context).state()).isEqualTo(ConnectionState.IDLE);
		});
	}

	@Test
	void stopCallbackComesAfterTheLastListenerHasReturned() {
		BlockingListener listener = new BlockingListener();
		this.opening.withBean(ConnectionListener.class, () -> listener)
			.withPropertyValues("resilient.websocket.close-timeout=1m")
			.run((context) -> {
				awaitState(connection(context), ConnectionState.OPEN);
				context.getBean(ScriptedTransport.class).receive("hello");
				assertThat(listener.entered.await(20, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> stopped = new CompletableFuture<>();
				lifecycle(context).stop(() -> stopped.complete(null));
				awaitState(connection(context), ConnectionState.CLOSED);
				assertThat(stopped).isNotDone();
				listener.release.countDown();
				stopped.get(20, TimeUnit.SECONDS);
			});
	}

	@Test
	void stopCallbackComesWhenTheTimeIsOverThoughAListenerHangs() {
		BlockingListener listener = new BlockingListener();
		this.opening.withBean(ConnectionListener.class, () -> listener)
			.withPropertyValues("resilient.websocket.close-timeout=200ms")
			.run((context) -> {
				awaitState(connection(context), ConnectionState.OPEN);
				context.getBean(ScriptedTransport.class).receive("hello");
				assertThat(listener.entered.await(20, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> stopped = new CompletableFuture<>();
				lifecycle(context).stop(() -> stopped.complete(null));
				stopped.get(20, TimeUnit.SECONDS);
				listener.release.countDown();
			});
	}

	@Test
	void messagesOfAConnectionThatWasNeverStartedFailWhenTheContextCloses() {
		CompletableFuture<?>[] sent = new CompletableFuture<?>[1];
		this.opening.withPropertyValues("resilient.websocket.auto-startup=false").run((context) -> {
			sent[0] = connection(context).send("hello");
			assertThat(sent[0]).isNotDone();
		});
		assertThat(catchThrowable(() -> sent[0].orTimeout(20, TimeUnit.SECONDS).join()))
			.isInstanceOf(CompletionException.class)
			.cause()
			.isInstanceOfSatisfying(SendFailedException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(SendFailedException.Reason.CLOSED));
	}

	@Test
	void failFastWaitsForTheFirstOpen() {
		this.opening.withPropertyValues("resilient.websocket.fail-fast=true")
			.run((context) -> assertThat(connection(context).snapshot().attempt()).isOne());
	}

	@Test
	void failFastTellsWhatWentWrongLast() {
		this.runner.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.REFUSE))
			.withPropertyValues("resilient.websocket.fail-fast=true", "resilient.websocket.connect-timeout=300ms")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConnectionNotOpenException.class)
				.hasMessage("WebSocket connection 'default' to ws://localhost:9/ws did not open within 300ms: "
						+ "upgrade refused with HTTP 503"));
	}

	@Test
	void failFastDoesNotWaitForAConnectionThatGaveUp() {
		this.runner.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.REFUSE))
			.withPropertyValues("resilient.websocket.fail-fast=true", "resilient.websocket.connect-timeout=1h",
					"resilient.websocket.reconnect.enabled=false")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("upgrade refused with HTTP 503"));
	}

	@Test
	void failFastTellsIfNobodyAnswered() {
		this.runner.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.HANG))
			.withPropertyValues("resilient.websocket.fail-fast=true", "resilient.websocket.connect-timeout=200ms")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConnectionNotOpenException.class));
	}

	@Test
	void withoutFailFastAServerThatIsDownDoesNotKeepTheApplicationFromStarting() {
		this.runner.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.REFUSE))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				awaitState(connection(context), ConnectionState.WAITING);
			});
	}

	@Test
	void connectionsAreAwaitedInParallel() {
		this.runner.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.HANG))
			.withPropertyValues("resilient.websocket.fail-fast=true", "resilient.websocket.connect-timeout=1s",
					"resilient.websocket.auto-startup=false")
			.run((context) -> {
				ConnectionFactory factory = context.getBean(ConnectionFactory.class);
				WebSocketSettings settings = context.getBean(WebSocketSettings.class);
				List<DeferredConnection> connections = List.of(1, 2, 3, 4, 5, 6, 7, 8)
					.stream()
					.map((number) -> SettingsOf.autoStarted("number-" + number, settings.connections().get(0)))
					.map(factory::configured)
					.toList();
				ManagedConnections all = new ManagedConnections(connections, settings, factory);
				long begin = System.nanoTime();
				assertThat(catchThrowable(() -> new ConnectionsLifecycle(all, 0).start()))
					.isInstanceOf(ConnectionNotOpenException.class);
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
				connections.forEach((connection) -> connection.close().join());
			});
	}

	@Test
	void connectionsAreStoppedInParallel() {
		this.runner.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN_DEAF))
			.withPropertyValues("resilient.websocket.close-timeout=1s")
			.run((context) -> {
				WebSocketConnections connections = context.getBean(WebSocketConnections.class);
				IntStream.range(0, 8)
					.forEach((number) -> connections.open("number-" + number,
							(settings) -> settings.url("ws://localhost:9/ws")));
				connections.forEach((connection) -> awaitState(connection, ConnectionState.OPEN));
				long begin = System.nanoTime();
				lifecycle(context).stop();
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
				assertThat(connections)
					.allSatisfy((connection) -> assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED));
			});
	}

	@Test
	void connectionStartedBeforeAllOthersDoesNotKeepThemFromStarting() {
		this.opening.withPropertyValues("resilient.websocket.auto-startup=false").run((context) -> {
			ConnectionFactory factory = context.getBean(ConnectionFactory.class);
			DeferredConnection byHand = (DeferredConnection) connection(context);
			DeferredConnection other = factory.configured(SettingsOf.autoStarted("other", byHand.settings()));
			ConnectionsLifecycle lifecycle = new ConnectionsLifecycle(
					new ManagedConnections(List.of(byHand, other), context.getBean(WebSocketSettings.class), factory),
					0);
			byHand.start();
			assertThat(lifecycle.isRunning()).isFalse();
			lifecycle.start();
			assertThat(lifecycle.isRunning()).isTrue();
			awaitState(other, ConnectionState.OPEN);
			lifecycle.stop();
			assertThat(other.state()).isEqualTo(ConnectionState.CLOSED);
		});
	}

	private static WebSocketConnection connection(ApplicationContext context) {
		return context.getBean(WebSocketConnection.class);
	}

	private static ConnectionsLifecycle lifecycle(ApplicationContext context) {
		return context.getBean(ConnectionsLifecycle.class);
	}

	private static void awaitState(WebSocketConnection connection, ConnectionState state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(5, TimeUnit.MILLISECONDS)
			.until(() -> connection.state() == state);
	}

	private static final class BlockingListener implements ConnectionListener {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			this.entered.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
