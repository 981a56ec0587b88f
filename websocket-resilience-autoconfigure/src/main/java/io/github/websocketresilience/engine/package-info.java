/**
 * The engine: decides everything about a connection and does none of it. It knows its
 * ports and the API room, no framework, no clock and no thread.
 */
@NullMarked
package io.github.websocketresilience.engine;

import org.jspecify.annotations.NullMarked;
