/**
 * Handled messages, requests and opening handshakes as Micrometer observations, named
 * {@code websocket.client.*}.
 */
@NullMarked
package io.github.websocketresilience.observation;

import org.jspecify.annotations.NullMarked;
