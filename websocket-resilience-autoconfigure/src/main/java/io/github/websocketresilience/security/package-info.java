/**
 * Tokens of Spring Security's OAuth2 client for opening handshakes.
 */
@NullMarked
package io.github.websocketresilience.security;

import org.jspecify.annotations.NullMarked;
