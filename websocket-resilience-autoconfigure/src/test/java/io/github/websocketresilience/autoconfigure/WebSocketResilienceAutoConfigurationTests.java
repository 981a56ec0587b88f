package io.github.websocketresilience.autoconfigure;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.ReconnectPolicy;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.engine.StandardReconnectPolicy;
import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.Workers;
import io.github.websocketresilience.transport.SpringWebSocketTransport;
import io.github.websocketresilience.transport.SystemTime;
import io.github.websocketresilience.transport.SystemWorkers;
import jakarta.websocket.Endpoint;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerContainer;
import org.apache.tomcat.websocket.WsFrameBase;
import org.apache.tomcat.websocket.WsSession;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.mockito.Mockito;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link WebSocketResilienceAutoConfiguration}: which beans there are.
 */
class WebSocketResilienceAutoConfigurationTests {

	private static final String URL = "resilient.websocket.url=ws://localhost:9/ws";

	private static final String STAY_IDLE = "resilient.websocket.auto-startup=false";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class));

	private final ApplicationContextRunner idle = this.runner.withPropertyValues(URL, STAY_IDLE);

	@Test
	void withoutAUrlThereIsAnEmptyLookUpThatCostsNothing() {
		Set<Thread> before = ourThreads();
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(WebSocketConnections.class);
			assertThat(context.getBean(WebSocketConnections.class)).isEmpty();
			assertThat(context.getBean(WebSocketConnections.class).find("default")).isEmpty();
			assertThat(context).doesNotHaveBean(WebSocketConnection.class)
				.hasSingleBean(Time.class)
				.hasSingleBean(Workers.class)
				.hasSingleBean(ReconnectPolicy.class)
				.hasSingleBean(ConnectionsLifecycle.class);
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			assertThat(beans.containsSingleton("webSocketTransport")).isFalse();
			assertThat(before).containsAll(ourThreads());
		});
	}

	@Test
	void socketsOutliveWhatUsesThemThoughTheyAreMadeLater() {
		this.runner.run((context) -> {
			ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) context
				.getAutowireCapableBeanFactory();
			assertThat(beans.containsSingleton("webSocketPorts")).isTrue();
			assertThat(beans.containsSingleton("webSocketTransport")).isFalse();
			assertThat(beans.getDependentBeans("webSocketTransport")).contains("webSocketPorts");
		});
	}

	@Test
	void emptyUrlIsNone() {
		this.runner.withPropertyValues("resilient.websocket.url=")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketConnection.class));
	}

	@Test
	void disabledThereIsNothingAtAll() {
		this.idle.withPropertyValues("resilient.websocket.enabled=false", "resilient.websocket.nonsense=a")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(WebSocketConnections.class)
				.doesNotHaveBean(WebSocketConnection.class));
	}

	@Test
	void withAUrlThereIsADefaultConnectionThatCanBeInjected() {
		this.idle.run((context) -> {
			WebSocketConnection connection = context.getBean(WebSocketConnection.class);
			assertThat(connection.name()).isEqualTo("default");
			assertThat(connection.state()).isEqualTo(ConnectionState.IDLE);
			assertThat(connection).hasToString("WebSocketConnection[default]");
			assertThat(context.getBean(WebSocketConnections.class)).containsExactly(connection);
			assertThat(context.getBean(WebSocketConnections.class).get("default")).isSameAs(connection);
			assertThat(context).hasSingleBean(SpringWebSocketTransport.class)
				.hasSingleBean(SystemTime.class)
				.hasSingleBean(SystemWorkers.class)
				.hasSingleBean(StandardReconnectPolicy.class);
		});
	}

	@Test
	void ourThreadsDoNotSwitchBootsExecutorOff() {
		this.idle.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class)).run((context) -> {
			assertThat(context).hasSingleBean(Executor.class)
				.hasBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME);
			assertThat(context).doesNotHaveBean(TaskScheduler.class);
		});
	}

	@Test
	void timeOfTheUserReplacesOurs() {
		this.idle.withBean("own", Time.class, SystemTime::new)
			.run((context) -> assertThat(context).getBeanNames(Time.class).containsExactly("own"));
	}

	@Test
	void workersAndTransportOfTheUserReplaceOurs() {
		this.idle.withBean("workers", Workers.class, () -> new SystemWorkers(new SystemTime(), 1, 1, false, false))
			.withBean("transport", Transport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context).getBeanNames(Workers.class).containsExactly("workers");
				assertThat(context).getBeanNames(Transport.class).containsExactly("transport");
			});
	}

	@Test
	void policyOfTheUserReplacesOurs() {
		this.idle.withBean("own", ReconnectPolicy.class, () -> (context) -> Optional.empty())
			.run((context) -> assertThat(context).getBeanNames(ReconnectPolicy.class).containsExactly("own"));
	}

	@Test
	void lookUpOfTheUserReplacesOursAndItsLifecycle() {
		WebSocketConnections own = Mockito.mock(WebSocketConnections.class);
		Mockito.when(own.get("default")).thenReturn(Mockito.mock(WebSocketConnection.class));
		this.idle.withBean("own", WebSocketConnections.class, () -> own).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).getBeanNames(WebSocketConnections.class).containsExactly("own");
			assertThat(context).doesNotHaveBean(ConnectionsLifecycle.class);
		});
	}

	@Test
	void connectionOfTheUserReplacesOurs() {
		this.idle.withBean("own", WebSocketConnection.class, () -> Mockito.mock(WebSocketConnection.class))
			.run((context) -> assertThat(context).getBeanNames(WebSocketConnection.class).containsExactly("own"));
	}

	@Test
	void containerOfTheUserIsUsed() {
		WebSocketContainer container = Mockito.mock(WebSocketContainer.class);
		connectsWith(container, this.runner.withBean(WebSocketContainer.class, () -> container));
	}

	@Test
	void containerOfTheUserIsToldFromThatOfAServer() {
		WebSocketContainer container = Mockito.mock(WebSocketContainer.class);
		connectsWith(container, this.runner.withBean("client", WebSocketContainer.class, () -> container)
			.withBean("server", WebSocketContainer.class, () -> Mockito.mock(ServerContainer.class)));
	}

	@Test
	void containerOfAServerIsNotUsed() {
		ServerContainer server = Mockito.mock(ServerContainer.class);
		this.runner.withPropertyValues(URL).withBean(ServerContainer.class, () -> server).run((context) -> {
			WebSocketConnection connection = context.getBean(WebSocketConnection.class);
			awaitState(connection, ConnectionState.WAITING);
			Mockito.verify(server, Mockito.never())
				.connectToServer(Mockito.any(Endpoint.class), Mockito.any(), Mockito.any());
		});
	}

	@Test
	void startedConnectionKeepsTheJvmAliveUnlessThatIsNotWanted() {
		ApplicationContextRunner opening = this.runner.withPropertyValues(URL)
			.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN));
		Awaitility.await().until(() -> !isKeptAlive());
		opening.withPropertyValues("resilient.websocket.keep-alive=false").run((context) -> {
			awaitOpen(context);
			assertThat(isKeptAlive()).isFalse();
		});
		opening.run((context) -> {
			awaitOpen(context);
			assertThat(isKeptAlive()).isTrue();
		});
		Awaitility.await().until(() -> !isKeptAlive());
	}

	@Test
	void threadsAreNoMoreThanThePropertiesSay() {
		this.idle.withPropertyValues("resilient.websocket.threads.io=1", "resilient.websocket.threads.listeners=1")
			.run((context) -> {
				Workers workers = context.getBean(Workers.class);
				assertThat(threadBehindABusyOne(workers::io)).isEqualTo("ws-io-1");
				assertThat(threadBehindABusyOne(workers::completions)).isEqualTo("ws-completion-1");
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void threadsAreVirtualIfBootsAre() {
		this.idle.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			CompletableFuture<Thread> thread = new CompletableFuture<>();
			context.getBean(Workers.class).io(() -> thread.complete(Thread.currentThread()));
			Object isVirtual = Thread.class.getMethod("isVirtual").invoke(thread.get(20, TimeUnit.SECONDS));
			assertThat(isVirtual).isEqualTo(true);
		});
	}

	@Test
	void propertiesCanBeBoundInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new PropertyHints().registerHints(hints, getClass().getClassLoader());
		for (Class<?> type : List.of(ConnectionProperties.class, ConnectionProperties.Heartbeat.class,
				ConnectionProperties.AutoReply.class, ApplicationProperties.Threads.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
				.accepts(hints);
		}
	}

	@Test
	void tomcatCanBeGivenOurChannelsInANativeImage() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new TransportHints().registerHints(hints, getClass().getClassLoader());
		Field field = WsWebSocketContainer.class.getDeclaredField("asynchronousChannelGroup");
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(field)).accepts(hints);
		for (Field seen : List.of(WsSession.class.getDeclaredField("wsFrame"),
				WsSession.class.getDeclaredField("state"), WsFrameBase.class.getDeclaredField("open"))) {
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(seen)).accepts(hints);
		}
		RuntimeHints without = new RuntimeHints();
		new TransportHints().registerHints(without, new FilteredClassLoader("org.apache.tomcat.websocket"));
		assertThat(without.reflection().typeHints()).isEmpty();
	}

	@Test
	void withoutSpringWebSocketThereIsNoTransportOfOurs() {
		this.idle.withClassLoader(new FilteredClassLoader(StandardWebSocketClient.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoWebSocketContainerException.class));
	}

	@Test
	void withoutSpringWebSocketATransportOfTheUserWillDo() {
		this.idle.withClassLoader(new FilteredClassLoader(StandardWebSocketClient.class, WebSocketContainer.class))
			.withBean(Transport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(WebSocketConnection.class));
	}

	@Test
	void conditionReportNamesTheUrl() {
		this.runner.run((context) -> {
			ConditionEvaluationReport report = ConditionEvaluationReport
				.get(context.getSourceApplicationContext().getBeanFactory());
			assertThat(report.getConditionAndOutcomesBySource().values()).anySatisfy((outcomes) -> assertThat(outcomes)
				.anySatisfy((outcome) -> assertThat(outcome.getOutcome().getMessage())
					.contains("resilient.websocket.url")));
		});
	}

	@Test
	void placeholderThatCannotBeResolvedIsOurErrorAndShowsNoSecret() {
		this.runner.withPropertyValues("resilient.websocket.url=ws://user:s3cret@${HOST}/ws").run((context) -> {
			assertThat(context).getFailure().rootCause().isInstanceOf(InvalidWebSocketPropertiesException.class);
			assertThat(context).getFailure().hasStackTraceContaining("resilient.websocket.url");
			assertThat(stackTrace(context.getStartupFailure())).doesNotContain("s3cret");
		});
	}

	@Test
	void propertiesAreJudgedAndConnectionsStartedAlsoWhenBeansAreLazy() {
		ApplicationContextRunner lazy = this.runner.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
		lazy.withPropertyValues("resilient.websocket.ulr=ws://localhost")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidWebSocketPropertiesException.class));
		lazy.withPropertyValues(URL)
			.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
			.run((context) -> Awaitility.await().until(() -> context.getBean(ScriptedTransport.class).opened() == 1));
	}

	@Test
	void repliesInJsonNeedAJsonLibrary() {
		ApplicationContextRunner json = this.idle.withPropertyValues("resilient.websocket.heartbeat.message=ping",
				"resilient.websocket.heartbeat.reply.json=/type=pong");
		json.run((context) -> assertThat(context).getFailure()
			.isInstanceOf(InvalidWebSocketPropertiesException.class)
			.hasMessageContaining("'resilient.websocket.heartbeat.reply.json' must be used with Jackson"));
		json.withBean(JsonCodec.class, () -> mock(JsonCodec.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void listenerMayBeGivenTheConnectionThatCallsIt() {
		this.runner.withPropertyValues(URL)
			.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
			.withUserConfiguration(Echo.class)
			.run((context) -> {
				awaitOpen(context);
				context.getBean(ScriptedTransport.class).receive("hello");
				WebSocketConnection connection = context.getBean(WebSocketConnection.class);
				Awaitility.await().until(() -> connection.snapshot().sent().messages() == 1);
			});
	}

	@Test
	void beansThatAreAskedAndToldTakePartInTheirOrder() {
		this.runner.withPropertyValues(URL)
			.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
			.withUserConfiguration(Participants.class)
			.run((context) -> {
				awaitOpen(context);
				List<String> calls = context.getBean(Participants.class).calls;
				Awaitility.await().until(() -> calls.contains("listener 2"));
				assertThat(calls).containsSubsequence("customizer 1", "customizer 2");
				assertThat(calls).containsSubsequence("interceptor 1", "interceptor 2", "listener 1", "interceptor 1",
						"interceptor 2", "listener 2");
				Awaitility.await().untilAsserted(() -> assertThat(calls).contains("observer 1", "observer 2"));
			});
	}

	private static void connectsWith(WebSocketContainer container, ApplicationContextRunner runner) {
		runner.withPropertyValues(URL)
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> Mockito.verify(container, Mockito.atLeastOnce())
					.connectToServer(Mockito.any(Endpoint.class), Mockito.any(), Mockito.any())));
	}

	private static Set<Thread> ourThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("ws-") || thread.getName().contains("WebSocketClient"))
			.collect(Collectors.toSet());
	}

	private static String threadBehindABusyOne(Consumer<Runnable> group) throws Exception {
		CompletableFuture<Void> gate = new CompletableFuture<>();
		CompletableFuture<String> thread = new CompletableFuture<>();
		group.accept(gate::join);
		group.accept(() -> thread.complete(Thread.currentThread().getName()));
		gate.complete(null);
		return thread.get(20, TimeUnit.SECONDS);
	}

	private static boolean isKeptAlive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("ws-keep-alive") && !thread.isDaemon());
	}

	private static void awaitOpen(ApplicationContext context) {
		awaitState(context.getBean(WebSocketConnection.class), ConnectionState.OPEN);
	}

	private static void awaitState(WebSocketConnection connection, ConnectionState state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(5, TimeUnit.MILLISECONDS)
			.until(() -> connection.state() == state);
	}

	private static String stackTrace(Throwable failure) {
		List<String> texts = new ArrayList<>();
		for (Throwable it = failure; it != null; it = it.getCause()) {
			texts.add(String.valueOf(it.getMessage()));
		}
		return texts.toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		ConnectionListener echo(WebSocketConnection injected) {
			return new ConnectionListener() {

				@Override
				public void onMessage(WebSocketConnection connection, Message message) {
					injected.send(message);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Participants {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		HandshakeCustomizer secondCustomizer() {
			return customizer("customizer 2");
		}

		@Bean
		@Order(1)
		HandshakeCustomizer firstCustomizer() {
			return customizer("customizer 1");
		}

		@Bean
		@Order(2)
		ConnectionListener secondListener() {
			return listener("listener 2");
		}

		@Bean
		@Order(1)
		ConnectionListener firstListener() {
			return listener("listener 1");
		}

		@Bean
		@Order(2)
		DeliveryInterceptor secondInterceptor() {
			return interceptor("interceptor 2");
		}

		@Bean
		@Order(1)
		DeliveryInterceptor firstInterceptor() {
			return interceptor("interceptor 1");
		}

		@Bean
		ConnectionObserver firstObserver() {
			return (event) -> this.calls.add("observer 1");
		}

		@Bean
		ConnectionObserver secondObserver() {
			return (event) -> this.calls.add("observer 2");
		}

		private HandshakeCustomizer customizer(String name) {
			return (request) -> {
				this.calls.add(name);
				return null;
			};
		}

		private DeliveryInterceptor interceptor(String name) {
			return (delivery, call) -> {
				if (delivery.event() instanceof ConnectionEvent.Opened) {
					this.calls.add(name);
				}
				call.run();
			};
		}

		private ConnectionListener listener(String name) {
			return new ConnectionListener() {

				@Override
				public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
					if (event instanceof ConnectionEvent.Opened) {
						Participants.this.calls.add(name);
					}
				}

			};
		}

	}

}
