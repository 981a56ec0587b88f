package io.github.websocketresilience.test.faults.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.faults.SharedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * A server and an application whose threads have a group of their own, by which they are
 * told from those of tests that run at the same time.
 */
final class Scene implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer();

	private final SilentPort silentPort = new SilentPort();

	private final ThreadGroup threads = new ThreadGroup("scene");

	private final List<WebSocketConnection> connections = new ArrayList<>();

	private final List<CompletableFuture<Void>> sends = new CopyOnWriteArrayList<>();

	private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

	private final Situation situation;

	private final Hooks hooks;

	private @Nullable ConfigurableApplicationContext context;

	Scene(Situation situation) {
		this.situation = situation;
		this.hooks = new Hooks(situation);
		this.server.start();
	}

	/**
	 * Start the application and bring it into the situation.
	 */
	void open() {
		this.situation.prepare(this);
		CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
		new Thread(this.threads, () -> {
			try {
				started.complete(run());
			}
			catch (RuntimeException ex) {
				started.completeExceptionally(ex);
			}
		}, "main").start();
		this.context = started.join();
		this.context.getBean(WebSocketConnections.class).forEach(this.connections::add);
		this.situation.arrange(this);
	}

	private ConfigurableApplicationContext run() {
		Map<String, Object> properties = new LinkedHashMap<>();
		this.situation.properties(this).forEach((key, value) -> properties.put("resilient.websocket." + key, value));
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties(properties)
			.initializers((context) -> this.hooks.register((GenericApplicationContext) context))
			.build();
		SharedLog.keep(application);
		return application.run();
	}

	void awaitHeld(int threads) {
		this.hooks.awaitHeld(threads);
	}

	ScriptedWebSocketServer server() {
		return this.server;
	}

	SilentPort silentPort() {
		return this.silentPort;
	}

	ConfigurableApplicationContext context() {
		if (this.context == null) {
			throw new IllegalStateException("Not opened");
		}
		return this.context;
	}

	List<WebSocketConnection> connections() {
		return this.connections;
	}

	WebSocketConnection connection() {
		return connections().get(0);
	}

	void awaitState(ConnectionState state) {
		await("all " + state).atMost(PATIENCE)
			.until(() -> connections().stream().allMatch((connection) -> connection.state() == state));
	}

	/**
	 * Send numbered texts.
	 * @param count how many
	 * @param size of each at least, in characters
	 */
	void send(int count, int size) {
		String pad = "x".repeat(size);
		for (int i = 0; i < count; i++) {
			this.sends.add(connection().send(this.sends.size() + ":" + pad));
		}
	}

	/**
	 * Send a thousand texts a second from now on.
	 */
	void keepSending() {
		this.sender.scheduleAtFixedRate(() -> send(1, 0), 0, 1, TimeUnit.MILLISECONDS);
	}

	void stopSending() {
		this.sender.shutdown();
		await("end of sending").atMost(PATIENCE).until(this.sender::isTerminated);
	}

	/**
	 * Return the texts that were handed to a socket.
	 * @return of each the part before its padding, in order
	 */
	List<String> done() {
		return IntStream.range(0, this.sends.size())
			.filter((number) -> !this.sends.get(number).isCompletedExceptionally())
			.mapToObj((number) -> number + ":")
			.toList();
	}

	void awaitPause() {
		await("pause").atMost(PATIENCE).until(() -> connection().snapshot().readingPaused());
	}

	/**
	 * Return what became of all that was sent, once all is settled.
	 * @return how many futures completed so, by the reason of their failure or
	 * {@code done}
	 */
	Map<String, Integer> awaitOutcomes() {
		await("settled futures").atMost(PATIENCE).until(() -> this.sends.stream().allMatch(CompletableFuture::isDone));
		Map<String, Integer> outcomes = new TreeMap<>();
		this.sends.forEach((send) -> outcomes.merge(outcome(send), 1, Integer::sum));
		return outcomes;
	}

	private static String outcome(CompletableFuture<Void> send) {
		try {
			send.join();
			return "done";
		}
		catch (CompletionException ex) {
			return ((SendFailedException) ex.getCause()).reason().name();
		}
	}

	List<String> threadsOfOurs() {
		return threads().filter((thread) -> thread.getName().startsWith("ws-") || !thread.isDaemon())
			.map(Thread::getName)
			.toList();
	}

	private Stream<Thread> threads() {
		Thread[] found = new Thread[this.threads.activeCount() + 100];
		return new ArrayList<>(Arrays.asList(found).subList(0, this.threads.enumerate(found))).stream();
	}

	void release() {
		this.hooks.release();
	}

	@Override
	public void close() {
		release();
		this.sender.shutdownNow();
		if (this.context != null) {
			this.context.close();
		}
		this.silentPort.close();
		this.server.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
