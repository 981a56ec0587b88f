/**
 * One line of log for each change of state and each trouble of a connection, its name in
 * the MDC of listeners, and its messages if that is wanted.
 */
@NullMarked
package io.github.websocketresilience.logging;

import org.jspecify.annotations.NullMarked;
