package io.github.websocketresilience.security;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.ConnectionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;

/**
 * The token of one client registration, for all connections that use it. One thread at a
 * time asks for it: a thousand connections that lose their server together need one new
 * token, not a thousand.
 */
final class RegistrationTokens {

	/** Ours alone, so that nobody else's token is forgotten. */
	static final String PRINCIPAL = "websocket-client";

	private final String registration;

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientService clients;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<ConnectionSettings, String> sent = new WeakHashMap<>();

	RegistrationTokens(String registration, OAuth2AuthorizedClientManager manager,
			OAuth2AuthorizedClientService clients) {
		this.registration = registration;
		this.manager = manager;
		this.clients = clients;
	}

	/**
	 * Return the token for an attempt.
	 * @param connection whose attempt it is
	 * @param refused whether the one that it sent last was refused
	 * @return the token
	 * @throws InterruptedException if the attempt ends while another one asks
	 */
	String token(ConnectionSettings connection, boolean refused) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			if (refused) {
				forget(this.sent.get(connection));
			}
			String token = authorize();
			this.sent.put(connection, token);
			return token;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Another connection may have got a new one meanwhile.
	 */
	private void forget(@Nullable String refused) {
		OAuth2AuthorizedClient client = this.clients.loadAuthorizedClient(this.registration, PRINCIPAL);
		if (client != null && client.getAccessToken().getTokenValue().equals(refused)) {
			this.clients.removeAuthorizedClient(this.registration, PRINCIPAL);
		}
	}

	private String authorize() {
		OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId(this.registration)
			.principal(PRINCIPAL)
			.build();
		OAuth2AuthorizedClient client = this.manager.authorize(request);
		if (client == null) {
			throw new IllegalStateException("no token for client registration '" + this.registration + "'");
		}
		return client.getAccessToken().getTokenValue();
	}

}
