/**
 * What a server can put on the wire, by the rules of RFC 6455 and RFC 7692 and against
 * them, and what an application sees of it.
 */
@NullMarked
package io.github.websocketresilience.test.faults.protocol;

import org.jspecify.annotations.NullMarked;
