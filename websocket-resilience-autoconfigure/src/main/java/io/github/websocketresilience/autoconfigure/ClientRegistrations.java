package io.github.websocketresilience.autoconfigure;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.util.function.SingletonSupplier;

/**
 * The application's client registrations, and what gets their tokens. Nothing of Spring
 * Security is made before a connection wants a token: an application may have it for
 * other purposes, and not all that we would need.
 */
final class ClientRegistrations implements RegistrationCheck {

	private static final String FOR_WEB_REQUESTS = "org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager";

	private final ObjectProvider<ClientRegistrationRepository> registrations;

	private final SingletonSupplier<OAuth2AuthorizedClientService> clients;

	private final SingletonSupplier<Optional<OAuth2AuthorizedClientManager>> theirs;

	private final SingletonSupplier<OAuth2AuthorizedClientManager> ours;

	ClientRegistrations(ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<OAuth2AuthorizedClientManager> managers,
			ObjectProvider<OAuth2AuthorizedClientService> services) {
		this.registrations = registrations;
		this.clients = SingletonSupplier.of(() -> services
			.getIfAvailable(() -> new InMemoryOAuth2AuthorizedClientService(registrations.getObject())));
		// Spring Security's own manager refuses to work without a web request
		this.theirs = SingletonSupplier.of(() -> managers.orderedStream()
			.filter((manager) -> !manager.getClass().getName().equals(FOR_WEB_REQUESTS))
			.findFirst());
		this.ours = SingletonSupplier
			.of(() -> new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations.getObject(), clients()));
	}

	@Override
	public @Nullable RegistrationProblem problem(String id) {
		ClientRegistration registration = this.registrations.getObject().findByRegistrationId(id);
		if (registration == null) {
			return RegistrationProblem.UNKNOWN;
		}
		// Both are made now, not in an attempt
		clients();
		boolean managerIsOurs = manager() != this.theirs.obtain().orElse(null);
		boolean needsUser = !AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType());
		return (needsUser && managerIsOurs) ? RegistrationProblem.NEEDS_USER : null;
	}

	OAuth2AuthorizedClientManager manager() {
		return this.theirs.obtain().orElseGet(this.ours::obtain);
	}

	OAuth2AuthorizedClientService clients() {
		return this.clients.obtain();
	}

}
