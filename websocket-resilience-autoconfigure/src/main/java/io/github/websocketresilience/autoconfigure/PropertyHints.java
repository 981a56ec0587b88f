package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What a native image must know to bind our properties: we ask the binder ourselves, and
 * read the keys from the records.
 */
final class PropertyHints implements RuntimeHintsRegistrar {

	private static final Class<?>[] RECORDS = { ApplicationProperties.class, ApplicationProperties.Threads.class,
			ConnectionProperties.class, ConnectionProperties.Ssl.class, ConnectionProperties.Basic.class,
			ConnectionProperties.Oauth2.class, ConnectionProperties.Proxy.class, ConnectionProperties.Heartbeat.class,
			ConnectionProperties.Reply.class, ConnectionProperties.AutoReply.class, ConnectionProperties.OnOpen.class,
			ConnectionProperties.Reconnect.class, ConnectionProperties.Outbound.class,
			ConnectionProperties.Inbound.class, ConnectionProperties.Request.class, ConnectionProperties.Health.class,
			ConnectionProperties.Observation.class };

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(ApplicationProperties.class, ConnectionProperties.class)
			.registerHints(hints);
		for (Class<?> type : RECORDS) {
			hints.reflection().registerType(type, MemberCategory.INVOKE_DECLARED_METHODS);
		}
	}

}
