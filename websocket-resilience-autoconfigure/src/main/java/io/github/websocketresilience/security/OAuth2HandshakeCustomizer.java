package io.github.websocketresilience.security;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;

/**
 * Sends the token of the connection's OAuth2 client registration as a bearer token (RFC
 * 6750 section 2.1) with each opening handshake. Does nothing for connections without
 * one. A token that a server refused, by HTTP 401 or 403 or by the close code 1008, 4401
 * or 4403, is forgotten, so that the next attempt asks for a new one.
 * <p>
 * Comes before customizers without an order, which may replace the header. If no token is
 * given the attempt fails. Thread-safe.
 */
public final class OAuth2HandshakeCustomizer implements HandshakeCustomizer, Ordered {

	private final Map<String, RegistrationTokens> registrations = new ConcurrentHashMap<>();

	private final Supplier<OAuth2AuthorizedClientManager> manager;

	private final Supplier<OAuth2AuthorizedClientService> clients;

	/**
	 * Create a customizer. The suppliers are asked in an attempt that wants the first
	 * token of a registration, and always give the same.
	 * @param manager gets tokens and keeps them, without a web request
	 * @param clients where the manager keeps them
	 */
	public OAuth2HandshakeCustomizer(Supplier<OAuth2AuthorizedClientManager> manager,
			Supplier<OAuth2AuthorizedClientService> clients) {
		this.manager = manager;
		this.clients = clients;
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public @Nullable CompletionStage<?> customize(HandshakeRequest request) throws InterruptedException {
		String id = request.settings().security().oauth2RegistrationId();
		if (id != null) {
			RegistrationTokens tokens = this.registrations.computeIfAbsent(id,
					(registration) -> new RegistrationTokens(registration, this.manager.get(), this.clients.get()));
			String token = tokens.token(request.settings(), isRefused(request.lastDisconnect()));
			request.header("Authorization", "Bearer " + token);
		}
		return null;
	}

	private static boolean isRefused(@Nullable Disconnect last) {
		return last != null && last.isUnauthorized();
	}

}
