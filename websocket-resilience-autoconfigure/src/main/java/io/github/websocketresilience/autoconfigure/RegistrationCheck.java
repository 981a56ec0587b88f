package io.github.websocketresilience.autoconfigure;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;

import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Refuses client registrations that give no token, before anything starts.
 */
final class RegistrationCheck {

	private static final String KEY = "oauth2.registration-id";

	private static final String CLIENT = "org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager";

	private final WebSocketSettings settings;

	private final Environment environment;

	RegistrationCheck(WebSocketSettings settings, Environment environment) {
		this.settings = settings;
		this.environment = environment;
	}

	/**
	 * Check that there is no need for a token, where nothing gives one.
	 * @throws InvalidWebSocketPropertiesException if a connection needs one
	 */
	void nothingIsNeeded() {
		boolean present = ClassUtils.isPresent(CLIENT, null);
		require((id) -> false,
				present ? "name a client registration, and there is none"
						: "not be set without Spring Security's OAuth2 client on the class path",
				(property) -> present ? register(property)
						: "Add 'org.springframework.boot:spring-boot-starter-security-oauth2-client', or remove '"
								+ property + "'.");
	}

	/**
	 * Check that all registrations exist.
	 * @param known whether one does
	 * @throws InvalidWebSocketPropertiesException if one does not
	 */
	void known(Predicate<String> known) {
		require(known, "name a client registration", RegistrationCheck::register);
	}

	/**
	 * Check that all registrations give tokens to somebody who is no user.
	 * @param withoutUser whether one does
	 * @throws InvalidWebSocketPropertiesException if one does not
	 */
	void withoutUser(Predicate<String> withoutUser) {
		require(withoutUser, "name a client registration whose grant type is client_credentials",
				(property) -> "Change the 'authorization-grant-type' of the registration to 'client_credentials':"
						+ " no user is there to log in. Or define an OAuth2AuthorizedClientManager bean that needs no"
						+ " web request.");
	}

	private static String register(String property) {
		return "Configure 'spring.security.oauth2.client.registration.<id>' for the value of '" + property
				+ "', or correct that value.";
	}

	private void require(Predicate<String> fulfilled, String requirement, UnaryOperator<String> action) {
		for (ConnectionSettings connection : this.settings.connections()) {
			String id = connection.security().oauth2RegistrationId();
			if (id != null && !fulfilled.test(id)) {
				throw WebSocketSettings.reader(connection.name(), this.environment)
					.failure(new InvalidSettingException(KEY, id, requirement), action);
			}
		}
	}

}
