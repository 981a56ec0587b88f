/**
 * What a network, a server and a machine can do to a connection, done to it.
 */
@NullMarked
package io.github.websocketresilience.test.faults;

import org.jspecify.annotations.NullMarked;
