package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * What is wrong with one property. Holds no secret.
 *
 * @param property the whole name of the property
 * @param value the value as the user wrote it, or {@code null} if it may be a secret
 * @param origin where it was written, or {@code null} if that is not known
 * @param reason what is wrong, completing "the property …"
 * @param action what to do
 */
record Problem(String property, @Nullable String value, @Nullable Origin origin, String reason, String action) {
}
