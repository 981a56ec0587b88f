/**
 * What the how-to pages quote: code of an application, run against a server of the test.
 */
@NullMarked
package com.example.feed;

import org.jspecify.annotations.NullMarked;
