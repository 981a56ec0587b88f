/**
 * The end of an application, whatever its connections are doing.
 */
@NullMarked
package io.github.websocketresilience.test.faults.shutdown;

import org.jspecify.annotations.NullMarked;
