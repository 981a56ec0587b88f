package io.github.websocketresilience.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * The application's client registrations, and what gets their tokens.
 */
final class ClientRegistrations implements RegistrationCheck {

	private static final String FOR_WEB_REQUESTS = "org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager";

	private final ClientRegistrationRepository registrations;

	private final OAuth2AuthorizedClientService clients;

	private final OAuth2AuthorizedClientManager manager;

	private final boolean managerIsOurs;

	ClientRegistrations(ClientRegistrationRepository registrations,
			ObjectProvider<OAuth2AuthorizedClientManager> managers,
			ObjectProvider<OAuth2AuthorizedClientService> services) {
		this.registrations = registrations;
		this.clients = services.getIfAvailable(() -> new InMemoryOAuth2AuthorizedClientService(registrations));
		// Spring Security's own manager refuses to work without a web request
		List<OAuth2AuthorizedClientManager> theirs = managers.orderedStream()
			.filter((manager) -> !manager.getClass().getName().equals(FOR_WEB_REQUESTS))
			.toList();
		this.managerIsOurs = theirs.isEmpty();
		this.manager = this.managerIsOurs
				? new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, this.clients) : theirs.get(0);
	}

	@Override
	public @Nullable RegistrationProblem problem(String id) {
		ClientRegistration registration = this.registrations.findByRegistrationId(id);
		if (registration == null) {
			return RegistrationProblem.UNKNOWN;
		}
		boolean needsUser = !AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType());
		return (needsUser && this.managerIsOurs) ? RegistrationProblem.NEEDS_USER : null;
	}

	OAuth2AuthorizedClientManager manager() {
		return this.manager;
	}

	OAuth2AuthorizedClientService clients() {
		return this.clients;
	}

}
