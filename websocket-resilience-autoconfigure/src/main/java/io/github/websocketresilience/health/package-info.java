/**
 * The health of connections and groups of connections, as a component {@code websocket}
 * of Spring Boot's health.
 */
@NullMarked
package io.github.websocketresilience.health;

import org.jspecify.annotations.NullMarked;
