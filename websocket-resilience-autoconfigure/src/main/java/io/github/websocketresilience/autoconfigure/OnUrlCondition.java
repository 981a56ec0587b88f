package io.github.websocketresilience.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if there is a URL at the top level, or a bean that may know one. Asks the
 * binder, not the environment: that would fail on a placeholder that cannot be resolved,
 * and show the text around it.
 */
final class OnUrlCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final String URL = PropertyReader.TOP_LEVEL.append("url").toString();

	private static final String URLS = PropertyReader.TOP_LEVEL.append("urls").toString();

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("WebSocket connection");
		Binder binder = Binder.get(context.getEnvironment());
		if (StringUtils.hasText(binder.bind(URL, String.class).orElse(""))) {
			return ConditionOutcome.match(message.foundExactly("property '" + URL + "'"));
		}
		if (!binder.bind(URLS, Bindable.listOf(String.class)).orElse(List.of()).isEmpty()) {
			return ConditionOutcome.match(message.foundExactly("property '" + URLS + "'"));
		}
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (beans != null && beans.getBeanNamesForType(WebSocketConnectionDetails.class, true, false).length > 0) {
			return ConditionOutcome.match(message.foundExactly("WebSocketConnectionDetails bean"));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property", "properties").items(URL, URLS));
	}

}
