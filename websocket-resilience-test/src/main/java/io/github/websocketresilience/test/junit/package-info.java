/**
 * A scripted server in the life of JUnit's tests.
 */
@NullMarked
package io.github.websocketresilience.test.junit;

import org.jspecify.annotations.NullMarked;
