package io.github.websocketresilience.logging;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.UnreadableMessageException;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a failure. A JSON library quotes the values that it cannot read, so
 * of what lies behind an {@link UnreadableMessageException} only classes are shown.
 */
final class Causes {

	private static final int MOST = 5;

	private Causes() {
	}

	/**
	 * Name a failure and its causes.
	 * @param failure the failure, or {@code null}
	 * @return their classes in brackets, with a space before them, or an empty text
	 */
	static String classes(@Nullable Throwable failure) {
		return (failure != null) ? Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.limit(MOST)
			.map((cause) -> cause.getClass().getName())
			.collect(Collectors.joining(" <- ", " [", "]")) : "";
	}

	/**
	 * Return whether a stack trace may show part of a payload.
	 * @param failure a failure
	 * @return whether a message that could not be read is among what the trace prints
	 */
	static boolean mayShowPayload(Throwable failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Throwable> rest = new ArrayDeque<>(Set.of(failure));
		while (!rest.isEmpty()) {
			Throwable next = rest.remove();
			if (next instanceof UnreadableMessageException) {
				return true;
			}
			if (seen.add(next)) {
				Stream.ofNullable(next.getCause()).forEach(rest::add);
				rest.addAll(Arrays.asList(next.getSuppressed()));
			}
		}
		return false;
	}

}
