package io.github.websocketresilience.autoconfigure;

/**
 * Why a client registration gives no token.
 */
enum RegistrationProblem {

	/** Spring Security's OAuth2 client is absent. */
	NO_CLIENT("not be set without Spring Security's OAuth2 client on the class path",
			"Add 'org.springframework.boot:spring-boot-starter-security-oauth2-client', or remove '%s'."),

	/** The client is there, and no registration. */
	NO_REGISTRATIONS("name a client registration, and there is none", Action.REGISTER),

	/** There are others. */
	UNKNOWN("name a client registration", Action.REGISTER),

	/** It gives tokens to users who log in. */
	NEEDS_USER("name a client registration whose grant type is client_credentials",
			"Change the 'authorization-grant-type' of the registration to 'client_credentials': no user is there to"
					+ " log in. Or define an OAuth2AuthorizedClientManager bean that needs no web request.");

	private final String requirement;

	private final String action;

	RegistrationProblem(String requirement, String action) {
		this.requirement = requirement;
		this.action = action;
	}

	/**
	 * Return what the id must do.
	 * @return the words after "must"
	 */
	String requirement() {
		return this.requirement;
	}

	/**
	 * Return what to do about it.
	 * @param property the whole name of the property
	 * @return a sentence or more
	 */
	String action(String property) {
		return this.action.formatted(property);
	}

	/**
	 * What is done about more than one.
	 */
	private static final class Action {

		private static final String REGISTER = "Configure 'spring.security.oauth2.client.registration.<id>' for the"
				+ " value of '%s', or correct that value.";

	}

}
