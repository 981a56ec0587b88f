/**
 * The API: what an application holds, sees and is told about its WebSocket client
 * connections. This package depends on nothing but the JDK.
 */
@NullMarked
package io.github.websocketresilience;

import org.jspecify.annotations.NullMarked;
