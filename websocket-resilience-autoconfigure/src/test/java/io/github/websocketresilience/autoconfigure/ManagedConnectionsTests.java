package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.messaging.WebSocketListener;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ManagedConnections}: connections that come and go at run time.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagedConnectionsTests {

	private static final String URL = "ws://localhost:9/ws";

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare.withBean(ScriptedTransport.class,
			() -> new ScriptedTransport(ScriptedTransport.Script.OPEN));

	@Test
	void openedConnectionInheritsStartsAndStopsWithTheContext() {
		WebSocketConnection[] opened = new WebSocketConnection[1];
		this.runner
			.withPropertyValues("resilient.websocket.close-timeout=2s", "resilient.websocket.headers.a=s3cret",
					"resilient.websocket.heartbeat.interval=7s")
			.run((context) -> {
				WebSocketConnections connections = connections(context);
				opened[0] = connections.open("tenant-42", (settings) -> settings.url(URL));
				assertThat(opened[0].settings().closeTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(opened[0].settings().heartbeat().interval()).isEqualTo(Duration.ofSeconds(7));
				assertThat(opened[0].settings().handshake().headers()).isEmpty();
				assertThat(opened[0].settings().group()).isEqualTo("dynamic");
				assertThat(connections.get("tenant-42")).isSameAs(opened[0]);
				assertThat(connections).containsExactly(opened[0]);
				awaitState(opened[0], ConnectionState.OPEN);
			});
		assertThat(opened[0].state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void openedConnectionThatIsToldNotToStartStaysIdle() {
		this.runner.run((context) -> {
			WebSocketConnection opened = connections(context).open("a",
					(settings) -> settings.url(URL)
						.group("mine")
						.startup(new ConnectionSettings.Startup(false, false)));
			assertThat(opened.state()).isEqualTo(ConnectionState.IDLE);
			assertThat(opened.settings().group()).isEqualTo("mine");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "tenant-42", "tenant42", "ten-ant-42", "my-feed", "myfeed" })
	void nameThatIsTakenIsRefused(String name) {
		this.runner.withPropertyValues("resilient.websocket.connections.my-feed.url=" + URL).run((context) -> {
			connections(context).open("tenant-42", (settings) -> settings.url(URL));
			assertThatIllegalStateException()
				.isThrownBy(() -> connections(context).open(name, (settings) -> settings.url(URL)))
				.withMessageContaining("'" + name + "'");
			assertThat(connections(context)).hasSize(2);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "A", "a_b", "a b", "-" })
	void nameThatIsNoneIsRefused(String name) {
		this.runner.run((context) -> assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> connections(context).open(name, (settings) -> settings.url(URL)))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("name")));
	}

	@Test
	void connectionWithoutAnAddressIsRefusedAndNotThere() {
		this.runner.run((context) -> {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> connections(context).open("a", (settings) -> {
				}));
			assertThat(connections(context)).isEmpty();
		});
	}

	@Test
	void removedConnectionIsForgottenAtOnceAndClosedOnAWorker() {
		this.runner.run((context) -> {
			WebSocketConnection opened = connections(context).open("a", (settings) -> settings.url(URL));
			awaitState(opened, ConnectionState.OPEN);
			Thread[] worker = new Thread[1];
			CompletableFuture<Void> removed = connections(context).remove("a")
				.thenRun(() -> worker[0] = Thread.currentThread());
			assertThat(connections(context).find("a")).isEmpty();
			assertThat(connections(context)).isEmpty();
			removed.get(20, TimeUnit.SECONDS);
			assertThat(worker[0].getName()).matches("ws-completion-.*|Test.*|junit.*");
			assertThat(opened.state()).isEqualTo(ConnectionState.CLOSED);
			WebSocketConnection again = connections(context).open("a", (settings) -> settings.url(URL));
			assertThat(again).isNotSameAs(opened);
			awaitState(again, ConnectionState.OPEN);
		});
	}

	@Test
	void nameOfARemovedConnectionIsTakenUntilItIsForgotten() {
		CountDownLatch forgotten = new CountDownLatch(1);
		List<WebSocketConnection> known = new CopyOnWriteArrayList<>();
		ConnectionObserver observer = new ConnectionObserver() {

			@Override
			public void onEvent(ConnectionEvent event) {
			}

			@Override
			public void onAdded(WebSocketConnection connection) {
				known.add(connection);
			}

			@Override
			public void onRemoved(WebSocketConnection connection) {
				awaitUninterruptibly(forgotten);
				known.remove(connection);
			}

		};
		this.runner.withBean("observer", ConnectionObserver.class, () -> observer).run((context) -> {
			WebSocketConnections connections = connections(context);
			WebSocketConnection opened = connections.open("a", (settings) -> settings.url(URL));
			awaitState(opened, ConnectionState.OPEN);
			assertThat(known).extracting(WebSocketConnection::name).containsExactly("a");
			CompletableFuture<Void> removed = connections.remove("a");
			awaitState(opened, ConnectionState.CLOSED);
			assertThatIllegalStateException().isThrownBy(() -> connections.open("a", (settings) -> settings.url(URL)))
				.withMessageContaining("still being removed");
			assertThatIllegalArgumentException().isThrownBy(() -> connections.remove("a"));
			assertThat(removed).isNotDone();
			forgotten.countDown();
			removed.get(20, TimeUnit.SECONDS);
			assertThat(known).isEmpty();
			assertThat(connections.open("a", (settings) -> settings.url(URL))).isNotSameAs(opened);
		});
	}

	@Test
	void nameThatIsTakenIsToldToNoObserver() {
		List<String> added = new CopyOnWriteArrayList<>();
		ConnectionObserver observer = new ConnectionObserver() {

			@Override
			public void onEvent(ConnectionEvent event) {
			}

			@Override
			public void onAdded(WebSocketConnection connection) {
				added.add(connection.name());
			}

		};
		this.runner.withBean("observer", ConnectionObserver.class, () -> observer).run((context) -> {
			connections(context).open("a-b", (settings) -> settings.url(URL));
			assertThatIllegalStateException()
				.isThrownBy(() -> connections(context).open("ab", (settings) -> settings.url(URL)));
			assertThat(added).containsExactly("a-b");
		});
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void removedConnectionCannotBeStarted() {
		this.runner.run((context) -> {
			WebSocketConnection opened = connections(context).open("a", (settings) -> settings.url(URL));
			connections(context).remove("a").get(20, TimeUnit.SECONDS);
			assertThatIllegalStateException().isThrownBy(opened::start).withMessageContaining("'a' was removed");
		});
	}

	@Test
	void configuredConnectionCannotBeRemoved() {
		this.runner.withPropertyValues("resilient.websocket.url=" + URL, "resilient.websocket.connections.a.url=" + URL)
			.run((context) -> {
				for (String name : List.of("default", "a", "nobody")) {
					assertThatIllegalArgumentException().isThrownBy(() -> connections(context).remove(name))
						.withMessageContaining("'" + name + "'");
				}
				assertThat(connections(context)).extracting(WebSocketConnection::name).containsExactly("default", "a");
			});
	}

	@Test
	void connectionOpenedWhileBeansAreMadeStartsWithTheContext() {
		this.runner.withBean("early", Early.class).run((context) -> {
			assertThat(context.getBean(Early.class).stateThen).isEqualTo(ConnectionState.IDLE);
			awaitState(connections(context).get("early"), ConnectionState.OPEN);
		});
	}

	@Test
	void afterTheStopNoneIsOpenedAndWhatRanRunsAgainAfterTheRestart() {
		this.runner.run((context) -> {
			ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
			WebSocketConnection started = connections(context).open("a",
					(settings) -> settings.url(URL).startup(new ConnectionSettings.Startup(false, false)));
			WebSocketConnection idle = connections(context).open("b",
					(settings) -> settings.url(URL).startup(new ConnectionSettings.Startup(false, false)));
			started.start();
			awaitState(started, ConnectionState.OPEN);
			for (int round = 0; round < 2; round++) {
				lifecycle.stop();
				assertThat(started.state()).isEqualTo(ConnectionState.CLOSED);
				assertThatIllegalStateException()
					.isThrownBy(() -> connections(context).open("c", (settings) -> settings.url(URL)))
					.withMessageContaining("has stopped");
				lifecycle.start();
				awaitState(started, ConnectionState.OPEN);
				assertThat(idle.state()).isEqualTo(ConnectionState.IDLE);
			}
			awaitState(connections(context).open("c", (settings) -> settings.url(URL)), ConnectionState.OPEN);
		});
	}

	@Test
	void afterTheContextHasClosedNoneIsOpenedAndNothingIsMade() {
		ConfigurableListableBeanFactory[] closed = new ConfigurableListableBeanFactory[1];
		WebSocketConnections[] connections = new WebSocketConnections[1];
		this.bare.run((context) -> {
			closed[0] = context.getSourceApplicationContext().getBeanFactory();
			connections[0] = connections(context);
		});
		assertThatIllegalStateException().isThrownBy(() -> connections[0].open("a", (settings) -> settings.url(URL)))
			.withMessageContaining("has stopped");
		assertThat(closed[0].containsSingleton("webSocketTransport")).isFalse();
	}

	@Test
	void noneIsLeftOpenByAStopThatComesWhileManyAreOpened() throws Exception {
		List<WebSocketConnection> opened = new CopyOnWriteArrayList<>();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		AtomicBoolean over = new AtomicBoolean();
		try {
			this.runner.run((context) -> {
				WebSocketConnections connections = connections(context);
				for (int thread = 0; thread < 4; thread++) {
					String prefix = "t" + thread + "n";
					threads.execute(() -> openUntilStopped(connections, prefix, opened, over));
				}
				Awaitility.await().until(() -> opened.size() > 50);
			});
			over.set(true);
		}
		finally {
			threads.shutdown();
			assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(opened).allSatisfy((connection) -> assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED));
	}

	private static void openUntilStopped(WebSocketConnections connections, String prefix,
			List<WebSocketConnection> opened, AtomicBoolean over) {
		for (int number = 0; !over.get(); number++) {
			try {
				opened.add(connections.open(prefix + number, (settings) -> settings.url(URL)));
			}
			catch (IllegalStateException ex) {
				return;
			}
		}
	}

	@Test
	void oneNameIsGivenOnceAlsoToManyThreads() {
		this.runner.run((context) -> {
			Set<Object> opened = ConcurrentHashMap.newKeySet();
			IntStream.range(0, 64).parallel().forEach((number) -> {
				try {
					opened.add(connections(context).open((number % 2 == 0) ? "a-b" : "ab",
							(settings) -> settings.url(URL)));
				}
				catch (IllegalStateException ex) {
					assertThat(ex).hasMessageContaining("already");
				}
			});
			assertThat(opened).hasSize(1);
			assertThat(connections(context)).hasSize(1);
		});
	}

	@Test
	void iterationBearsThatOthersComeAndGo() {
		this.runner.withPropertyValues("resilient.websocket.url=" + URL).run((context) -> {
			WebSocketConnections connections = connections(context);
			IntStream.range(0, 100).forEach((number) -> connections.open("n" + number, (it) -> it.url(URL)));
			Iterator<WebSocketConnection> iterator = connections.iterator();
			List<String> names = new ArrayList<>(List.of(iterator.next().name()));
			IntStream.range(0, 100).forEach((number) -> {
				connections.open("m" + number, (it) -> it.url(URL));
				assertThat(connections.remove("n" + number)).isNotNull();
			});
			iterator.forEachRemaining((connection) -> names.add(connection.name()));
			assertThat(names).startsWith("default").doesNotHaveDuplicates();
			assertThat(connections).hasSize(101);
		});
	}

	@Test
	void stopWaitsForOneThatWasJustRemoved() {
		WebSocketConnection[] removed = new WebSocketConnection[1];
		this.runner.run((context) -> {
			removed[0] = connections(context).open("a", (settings) -> settings.url(URL));
			awaitState(removed[0], ConnectionState.OPEN);
			assertThat(connections(context).remove("a")).isNotNull();
		});
		assertThat(removed[0].state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void withoutAContainerTheContextStartsAndTheFirstOpenFails() {
		this.bare.withClassLoader(new FilteredClassLoader(StandardWebSocketClient.class)).run((context) -> {
			assertThat(context).hasNotFailed();
			for (int time = 0; time < 2; time++) {
				assertThatExceptionOfType(NoWebSocketContainerException.class)
					.isThrownBy(() -> connections(context).open("a", (settings) -> settings.url(URL)));
			}
			assertThat(connections(context)).isEmpty();
		});
	}

	@Test
	void twoContextsDoNotKnowEachOther() {
		this.runner.run((one) -> this.runner.run((other) -> {
			WebSocketConnection ofOne = connections(one).open("a", (settings) -> settings.url(URL));
			WebSocketConnection ofOther = connections(other).open("a", (settings) -> settings.url(URL));
			awaitState(ofOne, ConnectionState.OPEN);
			awaitState(ofOther, ConnectionState.OPEN);
			other.getSourceApplicationContext().stop();
			assertThat(ofOther.state()).isEqualTo(ConnectionState.CLOSED);
			assertThat(ofOne.state()).isEqualTo(ConnectionState.OPEN);
		}));
	}

	@Test
	void listenersSelectConnectionsOfRunTimeByName() {
		this.runner
			.withConfiguration(AutoConfigurations.of(WebSocketResilienceListenerAutoConfiguration.class,
					WebSocketResilienceEventsAutoConfiguration.class))
			.withPropertyValues("resilient.websocket.connections.my-feed.url=" + URL)
			.withBean("early", Early.class)
			.withBean(Listeners.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				List<String> heard = context.getBean(Listeners.class).heard;
				ScriptedTransport transport = context.getBean(ScriptedTransport.class);
				Awaitility.await().until(() -> transport.opened() == 2);
				awaitState(connections(context).open("late", (settings) -> settings.url(URL)), ConnectionState.OPEN);
				transport.receive("hello");
				Awaitility.await().until(() -> heard.size() == 3);
				assertThat(heard).containsExactlyInAnyOrder("all late", "dynamic late", "event late");
				heard.clear();
				connections(context).get("early").reconnect();
				Awaitility.await().until(() -> transport.opened() == 4);
				awaitState(connections(context).get("early"), ConnectionState.OPEN);
				transport.receive("hello");
				Awaitility.await().until(() -> heard.size() == 4);
				assertThat(heard).containsExactlyInAnyOrder("all early", "dynamic early", "early early", "event early");
			});
	}

	@Test
	void listenerOfAConnectionThatIsOpenedLaterIsRefusedAtStartup() {
		this.runner.withConfiguration(AutoConfigurations.of(WebSocketResilienceListenerAutoConfiguration.class))
			.withBean(Listeners.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("wants messages of a connection 'early', which does not exist"));
	}

	private static WebSocketConnections connections(ApplicationContext context) {
		return context.getBean(WebSocketConnections.class);
	}

	private static void awaitState(WebSocketConnection connection, ConnectionState state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(5, TimeUnit.MILLISECONDS)
			.until(() -> connection.state() == state);
	}

	static class Listeners {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@WebSocketListener
		void all(WebSocketMessageEvent event) {
			this.heard.add("all " + event.connection().name());
		}

		@WebSocketListener(connections = "dynamic")
		void dynamic(WebSocketMessageEvent event) {
			this.heard.add("dynamic " + event.connection().name());
		}

		@WebSocketListener(connections = "early")
		void early(WebSocketMessageEvent event) {
			this.heard.add("early " + event.connection().name());
		}

		@EventListener
		void event(WebSocketMessageEvent event) {
			this.heard.add("event " + event.connection().name());
		}

	}

	static class Early {

		private final ConnectionState stateThen;

		Early(WebSocketConnections connections) {
			this.stateThen = connections.open("early", (settings) -> settings.url(URL)).state();
		}

	}

}
