/**
 * AssertJ's assertions about a scripted server, which wait for what they demand.
 */
@NullMarked
package io.github.websocketresilience.test.assertj;

import org.jspecify.annotations.NullMarked;
