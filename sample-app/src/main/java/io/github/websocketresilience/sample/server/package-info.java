/**
 * Somebody else's server, with endpoints in the five classic styles and a feed of quotes,
 * and everything that it may do to its clients.
 */
@NullMarked
package io.github.websocketresilience.sample.server;

import org.jspecify.annotations.NullMarked;
