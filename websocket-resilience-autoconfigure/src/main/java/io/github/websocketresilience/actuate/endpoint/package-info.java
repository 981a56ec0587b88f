/**
 * The Actuator endpoint {@code websockets}: what connections are doing, what was asked of
 * them and what became of them, and a hand on the switch.
 */
@NullMarked
package io.github.websocketresilience.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
