package io.github.websocketresilience.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.ReconnectPolicy;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.engine.Ports;
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
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

/**
 * Auto-configuration of managed WebSocket connections. Without a URL there is nothing but
 * an empty {@link WebSocketConnections}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "resilient.websocket.enabled", matchIfMissing = true)
@ImportRuntimeHints(PropertyHints.class)
public final class WebSocketResilienceAutoConfiguration {

	@Bean
	WebSocketSettings webSocketSettings(Environment environment) {
		return WebSocketSettings.read(environment);
	}

	@Bean
	@ConditionalOnMissingBean(WebSocketConnections.class)
	ManagedConnections webSocketConnections(WebSocketSettings settings, ObjectProvider<ConnectionFactory> factory) {
		return new ManagedConnections(settings.connections()
			.stream()
			.map((connection) -> factory.getObject().connection(connection))
			.toList());
	}

	@Bean
	@Conditional(OnUrlCondition.class)
	@ConditionalOnBean(ManagedConnections.class)
	ConnectionsLifecycle webSocketConnectionsLifecycle(ManagedConnections connections, WebSocketSettings settings) {
		return new ConnectionsLifecycle(connections.all(), settings.application().phase());
	}

	/**
	 * The outside world: sockets, clock and threads. None of these beans is an
	 * {@code Executor}, or Boot would not make its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnUrlCondition.class)
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
				ObjectProvider<JsonCodec> json) {
			return new HookBeans(policies, customizers, listeners, observers, interceptors, json);
		}

		@Bean
		@ConditionalOnMissingBean(SslContexts.class)
		SslBundleContexts webSocketSslContexts(ObjectProvider<SslBundles> bundles,
				ObjectProvider<ManagedConnections> connections) {
			return new SslBundleContexts(bundles::getIfAvailable, () -> connections.getObject().all());
		}

		@Bean
		ConnectionFactory webSocketConnectionFactory(ObjectProvider<Transport> transport, Time time, Workers workers,
				HookBeans hooks, ObjectProvider<SslBundleContexts> ssl, Environment environment) {
			Transport sockets = transport.getIfAvailable();
			if (sockets == null) {
				throw new NoWebSocketContainerException(null);
			}
			return new ConnectionFactory(new Ports(sockets, time, workers), hooks, ssl.getIfAvailable(), environment);
		}

		// Not closed as a bean: the connections are, in order
		@Bean(destroyMethod = "")
		@Primary
		@ConditionalOnMissingBean
		WebSocketConnection webSocketConnection(WebSocketConnections connections) {
			return connections.get(WebSocketSettings.DEFAULT_CONNECTION);
		}

	}

	/**
	 * Sockets of a container that follows the standard.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnUrlCondition.class)
	@ConditionalOnClass({ StandardWebSocketClient.class, WebSocketContainer.class })
	@ConditionalOnMissingBean(Transport.class)
	static class TransportConfiguration {

		private static final String SERVER_CONTAINER = "jakarta.websocket.server.ServerContainer";

		@Bean
		SpringWebSocketTransport webSocketTransport(ObjectProvider<WebSocketContainer> containers,
				SystemWorkers workers, Time time, SslContexts ssl) {
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
