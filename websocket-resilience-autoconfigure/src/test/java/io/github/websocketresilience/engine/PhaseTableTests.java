package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.PhaseTable.Cell;
import io.github.websocketresilience.engine.PhaseTable.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests every cell of {@link PhaseTable}.
 */
class PhaseTableTests {

	static Stream<Cell> cells() {
		return PhaseTable.cells();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cells")
	void cell(Cell cell) {
		PhaseInput input = new PhaseInput(cell.input(), cell.phase());
		Seen before = Seen.by(input);
		assertThat(before.state()).isEqualTo(cell.phase());
		assertThat(input.exists()).isEqualTo(!cell.cannotExist());
		input.give();
		Seen after = Seen.by(input);
		Outcome outcome = cell.outcome();
		assertThat(after.state()).hasToString(outcome.state().isEmpty() ? before.state().name() : outcome.state());
		assertThat(rest(before.calls(), after.calls())).isEqualTo(calls(cell, input));
		assertThat(rest(before.events(), after.events())).isEqualTo(events(cell));
		assertThat(change(before.timers(), after.timers())).containsExactlyInAnyOrderElementsOf(outcome.timers());
		assertThat(after.failures() - before.failures()).isEqualTo(failures(outcome, before));
		assertThat(after.stale() - before.stale()).isEqualTo(cell.isRuleZero() ? 1 : 0);
		if (!outcome.future().isEmpty()) {
			assertThat(input.future()).isEqualTo(outcome.future());
		}
	}

	private static List<String> calls(Cell cell, PhaseInput input) {
		List<String> result = new ArrayList<>(cell.outcome().calls());
		if (input.bringsSocket() && (cell.isRuleZero() || cell.isImpossible())) {
			result.add(0, "s abort 1001");
		}
		return result;
	}

	private static List<String> events(Cell cell) {
		List<String> result = new ArrayList<>(cell.outcome().events());
		if (cell.isImpossible()) {
			result.add(0, "InternalError");
		}
		return result;
	}

	private static int failures(Outcome outcome, Seen before) {
		return switch (outcome.failures()) {
			case "+1" -> 1;
			case "0" -> -before.failures();
			default -> 0;
		};
	}

	private static List<String> rest(List<String> before, List<String> after) {
		return after.subList(before.size(), after.size());
	}

	private static List<String> change(Set<String> before, Set<String> after) {
		List<String> result = new ArrayList<>();
		before.stream().filter((timer) -> !after.contains(timer)).forEach((timer) -> result.add("-" + timer));
		after.stream().filter((timer) -> !before.contains(timer)).forEach((timer) -> result.add("+" + timer));
		return result;
	}

	/**
	 * What is to be seen of a connection.
	 */
	private record Seen(ConnectionState state, List<String> calls, List<String> events, Set<String> timers,
			int failures, long stale) {

		static Seen by(PhaseInput input) {
			TestConnection connection = input.connection();
			ManagedConnection engine = connection.engine();
			return new Seen(engine.state(), connection.transport().calls().stream().map(input::relative).toList(),
					connection.events().stream().map(Seen::describe).toList(),
					new TreeSet<>(connection.clock().pending()), engine.failures(), engine.stale());
		}

		private static String describe(ConnectionEvent event) {
			String name = event.getClass().getSimpleName();
			if (event instanceof ConnectionEvent.Disconnected disconnected) {
				return name + "(" + disconnected.disconnect().kind() + ")";
			}
			if (event instanceof ConnectionEvent.MessagesDiscarded discarded) {
				return name + "(" + discarded.reason() + ")";
			}
			return (event instanceof ConnectionEvent.Closed closed && closed.gaveUp() != null) ? name + "(gave up)"
					: name;
		}

	}

}
