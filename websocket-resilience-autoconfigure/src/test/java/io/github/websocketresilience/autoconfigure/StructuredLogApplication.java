package io.github.websocketresilience.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An application whose listener logs and answers. It ends when it was open for the second
 * time.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StructuredLogApplication {

	private static final Logger logger = LoggerFactory.getLogger(StructuredLogApplication.class);

	private static final long PATIENCE = 30;

	private final CountDownLatch opened = new CountDownLatch(2);

	private final CountDownLatch closed = new CountDownLatch(1);

	/** Comes after the log, which is told first. */
	@Bean
	ConnectionObserver witness() {
		return (event) -> {
			if (event instanceof ConnectionEvent.Closed) {
				this.closed.countDown();
			}
		};
	}

	@Bean
	ConnectionListener answerer() {
		return new ConnectionListener() {

			@Override
			public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
				if (event instanceof ConnectionEvent.Opened) {
					StructuredLogApplication.this.opened.countDown();
				}
			}

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				logger.info("Somebody says something");
				connection.send("hello yourself");
			}

		};
	}

	public static void main(String[] arguments) throws Exception {
		SpringApplication application = new SpringApplication(StructuredLogApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			if (!context.getBean(StructuredLogApplication.class).opened.await(PATIENCE, TimeUnit.SECONDS)) {
				throw new IllegalStateException("not opened twice");
			}
			context.getBean(WebSocketConnection.class).close().join();
			if (!context.getBean(StructuredLogApplication.class).closed.await(PATIENCE, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the close was not told");
			}
		}
	}

}
