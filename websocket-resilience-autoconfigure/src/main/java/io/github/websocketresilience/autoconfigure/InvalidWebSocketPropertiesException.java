package io.github.websocketresilience.autoconfigure;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Properties below {@code resilient.websocket} cannot be used. Has no cause: that of the
 * binder may hold a secret.
 */
final class InvalidWebSocketPropertiesException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient List<Problem> problems;

	InvalidWebSocketPropertiesException(List<Problem> problems) {
		super(problems.stream()
			.map((problem) -> "'" + problem.property() + "' " + problem.reason())
			.collect(Collectors.joining("; ")));
		this.problems = List.copyOf(problems);
	}

	List<Problem> problems() {
		return this.problems;
	}

}
