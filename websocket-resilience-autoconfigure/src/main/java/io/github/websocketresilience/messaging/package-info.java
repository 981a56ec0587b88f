/**
 * Messages and state changes as Spring application events, and JSON.
 */
@NullMarked
package io.github.websocketresilience.messaging;

import org.jspecify.annotations.NullMarked;
