/**
 * The page in a real browser.
 */
@NullMarked
package io.github.websocketresilience.sample.browser;

import org.jspecify.annotations.NullMarked;
