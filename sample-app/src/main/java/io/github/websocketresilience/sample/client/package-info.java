/**
 * What an application with the starter writes: listeners of messages and changes, and
 * something that sends.
 */
@NullMarked
package io.github.websocketresilience.sample.client;

import org.jspecify.annotations.NullMarked;
