package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.security.OAuth2HandshakeCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.util.ClassUtils;

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
	@ConditionalOnMissingBean(OAuth2HandshakeCustomizer.class)
	static class TokenConfiguration {

		@Bean
		ClientRegistrations webSocketClientRegistrations(ObjectProvider<ClientRegistrationRepository> registrations,
				ObjectProvider<OAuth2AuthorizedClientManager> managers,
				ObjectProvider<OAuth2AuthorizedClientService> services) {
			return new ClientRegistrations(registrations, managers, services);
		}

		@Bean
		OAuth2HandshakeCustomizer webSocketOAuth2HandshakeCustomizer(ClientRegistrations registrations) {
			return new OAuth2HandshakeCustomizer(registrations::manager, registrations::clients);
		}

	}

	/**
	 * Nothing gives tokens: Spring Security is absent, or has no client registration.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(
			type = "org.springframework.security.oauth2.client.registration.ClientRegistrationRepository")
	static class NoTokenConfiguration {

		private static final String CLIENT = "org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager";

		@Bean
		RegistrationCheck webSocketRegistrationCheck(ResourceLoader resources) {
			boolean present = ClassUtils.isPresent(CLIENT, resources.getClassLoader());
			return (id) -> present ? RegistrationProblem.NO_REGISTRATIONS : RegistrationProblem.NO_CLIENT;
		}

	}

}
