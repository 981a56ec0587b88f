/**
 * Sockets, time and threads as they really are: the engine's ports over Spring's
 * {@code StandardWebSocketClient}, the system clock and thread pools.
 */
@NullMarked
package io.github.websocketresilience.transport;

import org.jspecify.annotations.NullMarked;
