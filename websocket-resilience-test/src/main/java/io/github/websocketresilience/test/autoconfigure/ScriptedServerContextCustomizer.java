package io.github.websocketresilience.test.autoconfigure;

import java.util.List;

import io.github.websocketresilience.test.ScriptedWebSocketServer;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds the server, and says that the connections go to it. Contexts for the same
 * connections are one in the test context cache.
 *
 * @param connections the names of the connections
 */
record ScriptedServerContextCustomizer(List<String> connections) implements ContextCustomizer {

	static final String SERVER = "scriptedWebSocketServer";

	private static final String DETAILS = "scriptedWebSocketConnectionDetails";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		ConfigurableListableBeanFactory factory = context.getBeanFactory();
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
		registry.registerBeanDefinition(SERVER, server());
		registry.registerBeanDefinition(DETAILS, details(factory));
	}

	private static AbstractBeanDefinition server() {
		return BeanDefinitionBuilder
			.rootBeanDefinition(ScriptedWebSocketServer.class, () -> new ScriptedWebSocketServer().start())
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
