package io.github.websocketresilience.test.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Finds {@link AutoConfigureScriptedWebSocketServer}.
 */
final class ScriptedServerContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		AutoConfigureScriptedWebSocketServer annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureScriptedWebSocketServer.class);
		return (annotation != null)
				? new ScriptedServerContextCustomizer(List.of(annotation.connections()), annotation.secure()) : null;
	}

}
