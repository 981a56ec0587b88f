/**
 * What the page asks for, and what it is told.
 */
@NullMarked
package io.github.websocketresilience.sample.page;

import org.jspecify.annotations.NullMarked;
