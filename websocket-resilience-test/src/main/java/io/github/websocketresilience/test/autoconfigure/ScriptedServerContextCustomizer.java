package io.github.websocketresilience.test.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.test.ScriptedWebSocketServer;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds the server, and says that the connections go to it. Contexts for the same
 * connections are one in the test context cache.
 *
 * @param connections the names of the connections
 * @param secure whether the server speaks TLS
 */
record ScriptedServerContextCustomizer(List<String> connections, boolean secure) implements ContextCustomizer {

	static final String SERVER = "scriptedWebSocketServer";

	private static final String DETAILS = "scriptedWebSocketConnectionDetails";

	private static final String BUNDLE = "scripted-websocket-server";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		ConfigurableListableBeanFactory factory = context.getBeanFactory();
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
		ScriptedWebSocketServer server = this.secure ? ScriptedWebSocketServer.secure() : new ScriptedWebSocketServer();
		if (this.secure) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource(BUNDLE, bundle(server.certificatePem())));
		}
		registry.registerBeanDefinition(SERVER, started(server));
		registry.registerBeanDefinition(DETAILS, details(factory));
	}

	/**
	 * The details of a connection say where it goes, but not whom it trusts.
	 */
	private Map<String, Object> bundle(String certificate) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("spring.ssl.bundle.pem." + BUNDLE + ".truststore.certificate", certificate);
		this.connections.forEach((connection) -> properties.put("resilient.websocket."
				+ (connection.equals("default") ? "" : "connections." + connection + ".") + "ssl.bundle", BUNDLE));
		return properties;
	}

	private static AbstractBeanDefinition started(ScriptedWebSocketServer server) {
		return BeanDefinitionBuilder.rootBeanDefinition(ScriptedWebSocketServer.class, server::start)
			.setDestroyMethodName("close")
			.getBeanDefinition();
	}

	private AbstractBeanDefinition details(ConfigurableListableBeanFactory factory) {
		return BeanDefinitionBuilder
			.rootBeanDefinition(ScriptedConnectionDetails.class,
					() -> new ScriptedConnectionDetails(this.connections,
							factory.getBean(SERVER, ScriptedWebSocketServer.class)))
			.addDependsOn(SERVER)
			.getBeanDefinition();
	}

}
