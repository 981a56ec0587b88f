package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.Workers;
import io.github.websocketresilience.transport.RawServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that brings threads of its own, and nothing else.
 */
class WorkersOfTheUserTests {

	private final FewWorkers workers = new FewWorkers();

	private final CopyOnWriteArrayList<Message> received = new CopyOnWriteArrayList<>();

	private final RawServer server = new RawServer((peer) -> {
		peer.accept();
		peer.sendText(peer.readFrame().text());
		peer.serve();
	});

	@AfterEach
	void close() {
		this.server.close();
		this.workers.close();
	}

	@Test
	void ourSocketsRunOnThem() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class))
			.withBean(Workers.class, () -> this.workers)
			.withBean(ConnectionListener.class, this::receiver)
			.withPropertyValues("resilient.websocket.url=" + this.server.uri())
			.run((context) -> {
				WebSocketConnection connection = context.getBean(WebSocketConnection.class);
				await(() -> connection.state() == ConnectionState.OPEN);
				connection.send("one").join();
				await(() -> this.received.size() == 1);
				connection.reconnect();
				await(() -> this.server.connections().size() == 2 && connection.state() == ConnectionState.OPEN);
				connection.send("two").join();
				await(() -> this.received.size() == 2);
			});
		assertThat(this.workers.groups).containsExactlyInAnyOrder("io", "listeners", "completions");
	}

	private ConnectionListener receiver() {
		return new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				WorkersOfTheUserTests.this.received.add(message);
			}

		};
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
	}

	/**
	 * The least that an application can bring.
	 */
	private static final class FewWorkers implements Workers, AutoCloseable {

		private final Set<String> groups = ConcurrentHashMap.newKeySet();

		private final ExecutorService threads = Executors.newCachedThreadPool();

		@Override
		public void io(Runnable task) {
			run("io", task);
		}

		@Override
		public void listeners(String connection, Runnable task) {
			run("listeners", task);
		}

		@Override
		public void completions(Runnable task) {
			run("completions", task);
		}

		private void run(String group, Runnable task) {
			this.groups.add(group);
			this.threads.execute(task);
		}

		@Override
		public void retain() {
		}

		@Override
		public void release() {
		}

		@Override
		public void close() {
			this.threads.shutdown();
		}

	}

}
