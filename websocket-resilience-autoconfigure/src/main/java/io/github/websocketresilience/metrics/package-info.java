/**
 * Meters of every connection, named {@code websocket.client.*}.
 */
@NullMarked
package io.github.websocketresilience.metrics;

import org.jspecify.annotations.NullMarked;
