package io.github.websocketresilience.autoconfigure;

import java.io.Serial;

import io.github.websocketresilience.InvalidSettingException;

/**
 * A connection names a client registration that gives no token.
 */
final class InvalidRegistrationException extends InvalidSettingException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final RegistrationProblem problem;

	InvalidRegistrationException(String id, RegistrationProblem problem) {
		super("oauth2.registration-id", id, problem.requirement());
		this.problem = problem;
	}

	RegistrationProblem problem() {
		return this.problem;
	}

}
