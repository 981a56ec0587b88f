package io.github.websocketresilience.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if there is a URL. Asks the binder, not the environment: that would fail on a
 * placeholder that cannot be resolved, and show the text around it.
 */
final class OnUrlCondition extends SpringBootCondition {

	private static final String URL = PropertyReader.TOP_LEVEL.append("url").toString();

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("WebSocket connection");
		String url = Binder.get(context.getEnvironment()).bind(URL, String.class).orElse("");
		return StringUtils.hasText(url) ? ConditionOutcome.match(message.foundExactly("property '" + URL + "'"))
				: ConditionOutcome.noMatch(message.didNotFind("property").items(URL));
	}

}
