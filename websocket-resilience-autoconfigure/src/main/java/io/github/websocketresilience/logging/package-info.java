/**
 * One line of log for each change of state and each trouble of a connection.
 */
@NullMarked
package io.github.websocketresilience.logging;

import org.jspecify.annotations.NullMarked;
