/**
 * Many connections with many settings under faults drawn from a seed, for a long time.
 */
@NullMarked
package io.github.websocketresilience.test.faults.soak;

import org.jspecify.annotations.NullMarked;
