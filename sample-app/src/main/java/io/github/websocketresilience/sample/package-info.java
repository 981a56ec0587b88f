/**
 * The runnable demonstration.
 */
@NullMarked
package io.github.websocketresilience.sample;

import org.jspecify.annotations.NullMarked;
