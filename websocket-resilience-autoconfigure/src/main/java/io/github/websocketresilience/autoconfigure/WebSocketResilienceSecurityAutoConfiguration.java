package io.github.websocketresilience.autoconfigure;

import java.util.List;

import io.github.websocketresilience.security.OAuth2HandshakeCustomizer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * Auto-configuration of bearer tokens for handshakes. Where nothing gives tokens, a
 * connection that is to send one fails the start.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration")
@ConditionalOnBean(WebSocketSettings.class)
public final class WebSocketResilienceSecurityAutoConfiguration {

	/**
	 * Tokens are there to be had.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OAuth2AuthorizedClientManager.class)
	@ConditionalOnBean(ClientRegistrationRepository.class)
	static class TokenConfiguration {

		private static final String FOR_WEB_REQUESTS = "org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager";

		@Bean
		@ConditionalOnMissingBean
		OAuth2HandshakeCustomizer webSocketOAuth2HandshakeCustomizer(WebSocketSettings settings,
				ClientRegistrationRepository registrations, ObjectProvider<OAuth2AuthorizedClientManager> managers,
				ObjectProvider<OAuth2AuthorizedClientService> services, Environment environment) {
			OAuth2AuthorizedClientService clients = services
				.getIfAvailable(() -> new InMemoryOAuth2AuthorizedClientService(registrations));
			// Spring Security's own manager refuses to work without a web request
			List<OAuth2AuthorizedClientManager> theirs = managers.orderedStream()
				.filter((manager) -> !manager.getClass().getName().equals(FOR_WEB_REQUESTS))
				.toList();
			RegistrationCheck check = new RegistrationCheck(settings, environment);
			check.known((id) -> registrations.findByRegistrationId(id) != null);
			if (!theirs.isEmpty()) {
				return new OAuth2HandshakeCustomizer(theirs.get(0), clients);
			}
			check.withoutUser((id) -> needsNoUser(registrations.findByRegistrationId(id)));
			return new OAuth2HandshakeCustomizer(
					new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients), clients);
		}

		private static boolean needsNoUser(@Nullable ClientRegistration registration) {
			return registration != null
					&& AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType());
		}

	}

	/**
	 * Nothing gives tokens: Spring Security is absent, or has no client registration.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(
			type = "org.springframework.security.oauth2.client.registration.ClientRegistrationRepository")
	static class NoTokenConfiguration {

		@Bean
		RegistrationCheck webSocketRegistrationCheck(WebSocketSettings settings, Environment environment) {
			RegistrationCheck check = new RegistrationCheck(settings, environment);
			check.nothingIsNeeded();
			return check;
		}

	}

}
