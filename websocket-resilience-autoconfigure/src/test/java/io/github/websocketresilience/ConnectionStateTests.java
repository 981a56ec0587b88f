package io.github.websocketresilience;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionState}.
 */
class ConnectionStateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			IDLE       | CONNECTING CLOSED                 | false
			CONNECTING | OPEN WAITING CLOSED               | true
			OPEN       | CONNECTING WAITING CLOSING CLOSED | true
			WAITING    | CONNECTING CLOSED                 | true
			CLOSING    | CLOSED                            | true
			CLOSED     | CONNECTING                        | false
			""")
	void stateIsFollowedBy(ConnectionState state, String successors, boolean active) {
		Set<ConnectionState> expected = Arrays.stream(successors.split(" "))
			.map(ConnectionState::valueOf)
			.collect(Collectors.toSet());
		assertThat(state.successors()).isEqualTo(expected);
		assertThat(state.isActive()).isEqualTo(active);
	}

}
