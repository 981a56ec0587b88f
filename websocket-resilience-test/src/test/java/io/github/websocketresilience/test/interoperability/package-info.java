/**
 * The whole starter, configured by YAML alone, against servers that are not Java.
 */
@NullMarked
package io.github.websocketresilience.test.interoperability;

import org.jspecify.annotations.NullMarked;
