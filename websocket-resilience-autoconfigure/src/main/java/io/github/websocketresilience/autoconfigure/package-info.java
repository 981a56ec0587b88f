/**
 * The auto-configuration: binds the properties below {@code resilient.websocket}, makes
 * the connections of them, and starts and stops them with the application. Sees every
 * other room, is seen by none.
 */
@NullMarked
package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.NullMarked;
