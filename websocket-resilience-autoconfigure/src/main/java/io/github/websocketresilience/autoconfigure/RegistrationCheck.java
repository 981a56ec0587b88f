package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * Refuses client registrations that give no token, before a connection is made.
 */
@FunctionalInterface
interface RegistrationCheck {

	/**
	 * Find out why a registration gives no token.
	 * @param id the id of the registration
	 * @return why, or {@code null} if it gives one
	 */
	@Nullable RegistrationProblem problem(String id);

	/**
	 * Check the registration that a connection names.
	 * @param settings the settings of the connection
	 * @throws InvalidRegistrationException if it gives no token
	 */
	default void check(ConnectionSettings settings) {
		String id = settings.security().oauth2RegistrationId();
		if (id == null) {
			return;
		}
		RegistrationProblem problem = problem(id);
		if (problem != null) {
			throw new InvalidRegistrationException(id, problem);
		}
	}

}
