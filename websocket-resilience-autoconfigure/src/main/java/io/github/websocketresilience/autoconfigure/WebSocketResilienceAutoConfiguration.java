package io.github.websocketresilience.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.ReconnectPolicy;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.engine.StandardReconnectPolicy;
import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.Workers;
import io.github.websocketresilience.transport.SpringWebSocketTransport;
import io.github.websocketresilience.transport.SslContexts;
import io.github.websocketresilience.transport.SystemTime;
import io.github.websocketresilience.transport.SystemWorkers;
import jakarta.websocket.WebSocketContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

/**
 * Auto-configuration of managed WebSocket connections. Without a URL there are no
 * connections, no threads and no sockets until one is opened at run time.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "resilient.websocket.enabled", matchIfMissing = true)
@Import(ConnectionBeanRegistrar.class)
@ImportRuntimeHints({ PropertyHints.class, TransportHints.class })
public final class WebSocketResilienceAutoConfiguration {

	@Bean
	DetailsBeans webSocketDetailsBeans(ObjectProvider<WebSocketConnectionDetails> details) {
		return new DetailsBeans(details.orderedStream().toList());
	}

	@Bean
	WebSocketSettings webSocketSettings(Environment environment, DetailsBeans details) {
		return WebSocketSettings.read(environment, details);
	}

	@Bean
	@ConditionalOnMissingBean(WebSocketConnections.class)
	ManagedConnections webSocketConnections(WebSocketSettings settings, ConnectionFactory factory) {
		return new ManagedConnections(settings.connections().stream().map(factory::configured).toList(), settings,
				factory);
	}

	@Bean
	@ConditionalOnBean(ManagedConnections.class)
	ConnectionsLifecycle webSocketConnectionsLifecycle(ManagedConnections connections, WebSocketSettings settings) {
		return new ConnectionsLifecycle(connections, settings.application().phase());
	}

	// Not closed as a bean: the connections are, in order. Lazy because details may not
	// know it
	@Bean(destroyMethod = "")
	@Lazy
	@Primary
	@Conditional(OnUrlCondition.class)
	@ConditionalOnMissingBean
	WebSocketConnection webSocketConnection(WebSocketConnections connections) {
		return connections.get(WebSocketSettings.DEFAULT_CONNECTION);
	}

	/**
	 * The outside world: sockets, clock and threads. None of these beans is an
	 * {@code Executor}, or Boot would not make its own.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ConnectionConfiguration {

		@Bean
		@ConditionalOnMissingBean(Time.class)
		SystemTime webSocketTime() {
			return new SystemTime();
		}

		@Bean
		@ConditionalOnMissingBean(Workers.class)
		SystemWorkers webSocketWorkers(Time time, WebSocketSettings settings, Environment environment) {
			ApplicationProperties properties = settings.application();
			return new SystemWorkers(time, properties.threads().io(), properties.threads().listeners(),
					Threading.VIRTUAL.isActive(environment), properties.keepAlive());
		}

		@Bean
		@ConditionalOnMissingBean(ReconnectPolicy.class)
		StandardReconnectPolicy webSocketReconnectPolicy() {
			return new StandardReconnectPolicy();
		}

		@Bean
		HookBeans webSocketHookBeans(ObjectProvider<ReconnectPolicy> policies,
				ObjectProvider<HandshakeCustomizer> customizers, ObjectProvider<ConnectionListener> listeners,
				ObjectProvider<ConnectionObserver> observers, ObjectProvider<DeliveryInterceptor> interceptors,
				ObjectProvider<MessageObserver> messages, ObjectProvider<JsonCodec> json) {
			return new HookBeans(policies, customizers, listeners, observers, interceptors, messages, json);
		}

		@Bean
		@ConditionalOnMissingBean(SslContexts.class)
		SslBundleContexts webSocketSslContexts(ObjectProvider<SslBundles> bundles,
				ObjectProvider<ManagedConnections> connections) {
			return new SslBundleContexts(bundles::getIfAvailable, () -> connections.getObject().all().toList());
		}

		@Bean
		WebSocketPorts webSocketPorts(ObjectProvider<Transport> transport, Time time, Workers workers,
				ConfigurableListableBeanFactory beans) {
			return new WebSocketPorts(transport, time, workers, beans);
		}

		@Bean
		ConnectionFactory webSocketConnectionFactory(WebSocketPorts ports, HookBeans hooks, DetailsBeans details,
				ObjectProvider<SslBundleContexts> ssl, ObjectProvider<RegistrationCheck> registrations,
				Environment environment) {
			return new ConnectionFactory(ports, hooks, details, ssl.getIfAvailable(), registrations.getIfAvailable(),
					environment);
		}

	}

	/**
	 * Sockets of a container that follows the standard, made with the first connection.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ StandardWebSocketClient.class, WebSocketContainer.class })
	@ConditionalOnMissingBean(Transport.class)
	static class TransportConfiguration {

		private static final String SERVER_CONTAINER = "jakarta.websocket.server.ServerContainer";

		@Bean
		@Lazy
		SpringWebSocketTransport webSocketTransport(ObjectProvider<WebSocketContainer> containers, Workers workers,
				Time time, SslContexts ssl) {
			try {
				return new SpringWebSocketTransport(clientContainer(containers), workers, time, ssl);
			}
			catch (IllegalStateException ex) {
				throw new NoWebSocketContainerException(ex);
			}
		}

		// A server's container is one too, but was not made for us
		private static @Nullable WebSocketContainer clientContainer(ObjectProvider<WebSocketContainer> containers) {
			List<WebSocketContainer> clients = containers.stream()
				.filter((container) -> Arrays.stream(ClassUtils.getAllInterfaces(container))
					.noneMatch((type) -> type.getName().equals(SERVER_CONTAINER)))
				.toList();
			return (clients.size() > 1) ? containers.getIfUnique() : clients.stream().findFirst().orElse(null);
		}

	}

}
