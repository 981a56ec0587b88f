package io.github.websocketresilience.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An application that needs no optional library. It says something to its server, prints
 * what comes back and ends.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AbsentLibrariesApplication {

	private static final long PATIENCE = 20;

	private final CompletableFuture<Message> received = new CompletableFuture<>();

	@Bean
	ConnectionListener receiver() {
		return new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				AbsentLibrariesApplication.this.received.complete(message);
			}

		};
	}

	public static void main(String[] arguments) throws Exception {
		SpringApplication application = new SpringApplication(AbsentLibrariesApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			context.getBean(WebSocketConnection.class).send("hello").get(PATIENCE, TimeUnit.SECONDS);
			Message message = context.getBean(AbsentLibrariesApplication.class).received.get(PATIENCE,
					TimeUnit.SECONDS);
			System.out.println("received " + ((Message.Text) message).text());
		}
	}

}
