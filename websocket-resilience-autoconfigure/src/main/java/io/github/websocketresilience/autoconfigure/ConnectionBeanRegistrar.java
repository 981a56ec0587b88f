package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Makes each named connection injectable: {@code my-feed} is the bean
 * {@code myFeedWebSocketConnection}. Runs again when an application that was processed
 * ahead of time starts, so names may change with the environment.
 */
final class ConnectionBeanRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		for (String name : WebSocketSettings.names(environment)) {
			registry.registerBean(ConnectionNames.beanName(name), WebSocketConnection.class,
					(spec) -> spec.supplier((context) -> context.bean(WebSocketConnections.class).get(name)));
		}
	}

}
