/**
 * Messages and state changes as Spring application events, methods that listen to
 * messages, and JSON.
 */
@NullMarked
package io.github.websocketresilience.messaging;

import org.jspecify.annotations.NullMarked;
