package com.example.feed;

/**
 * Where tokens come from.
 */
interface TokenService {

	/**
	 * Return a token that is valid now.
	 * @return a token
	 */
	String freshToken();

}
