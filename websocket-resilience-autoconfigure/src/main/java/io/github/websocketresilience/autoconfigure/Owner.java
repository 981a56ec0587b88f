package io.github.websocketresilience.autoconfigure;

/**
 * To whom a property belongs, and so whether a named connection inherits it.
 */
enum Owner {

	/**
	 * The application: there is one value, at the top level only.
	 */
	APPLICATION,

	/**
	 * One server. Never inherited: a token must not travel to another host.
	 */
	SERVER,

	/**
	 * A policy that named connections inherit from the top level.
	 */
	POLICY

}
