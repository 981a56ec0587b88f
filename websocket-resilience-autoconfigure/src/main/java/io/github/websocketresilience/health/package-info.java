/**
 * The health of every connection, as a component {@code websocket} of Spring Boot's
 * health.
 */
@NullMarked
package io.github.websocketresilience.health;

import org.jspecify.annotations.NullMarked;
