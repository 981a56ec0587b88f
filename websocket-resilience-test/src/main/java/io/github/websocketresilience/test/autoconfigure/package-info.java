/**
 * A scripted server in a Spring Boot test, to which the application connects.
 */
@NullMarked
package io.github.websocketresilience.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
