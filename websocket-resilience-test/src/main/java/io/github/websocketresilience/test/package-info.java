/**
 * A WebSocket server for tests, which does what a script says, also what no server
 * should, and remembers what it saw.
 */
@NullMarked
package io.github.websocketresilience.test;

import org.jspecify.annotations.NullMarked;
