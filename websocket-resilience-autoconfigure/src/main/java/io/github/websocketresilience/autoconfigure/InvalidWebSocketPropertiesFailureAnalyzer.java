package io.github.websocketresilience.autoconfigure;

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints which properties are wrong, their values, where they were written and what to
 * do.
 */
final class InvalidWebSocketPropertiesFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidWebSocketPropertiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidWebSocketPropertiesException cause) {
		String description = cause.problems()
			.stream()
			.map(InvalidWebSocketPropertiesFailureAnalyzer::describe)
			.collect(Collectors.joining("%n".formatted()));
		String action = cause.problems()
			.stream()
			.map(Problem::action)
			.distinct()
			.collect(Collectors.joining("%n".formatted()));
		return new FailureAnalysis(
				"The configuration of WebSocket connections cannot be used:%n%n%s".formatted(description), action,
				cause);
	}

	private static String describe(Problem problem) {
		StringBuilder result = new StringBuilder();
		result.append("    Property: %s%n".formatted(problem.property()));
		if (problem.value() != null) {
			result.append("    Value: \"%s\"%n".formatted(problem.value()));
		}
		if (problem.origin() != null) {
			result.append("    Origin: %s%n".formatted(problem.origin()));
		}
		return result.append("    Reason: %s%n".formatted(problem.reason())).toString();
	}

}
