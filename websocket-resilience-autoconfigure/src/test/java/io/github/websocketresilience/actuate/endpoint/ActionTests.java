package io.github.websocketresilience.actuate.endpoint;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

/**
 * Tests for {@link Action}.
 */
class ActionTests {

	private final WebSocketConnection connection = mock(WebSocketConnection.class);

	@Test
	void eachDoesWhatItSays() {
		Action.RECONNECT.on(this.connection);
		verify(this.connection).reconnect();
		Action.PAUSE.on(this.connection);
		verify(this.connection).close();
		Action.RESUME.on(this.connection);
		verify(this.connection).start();
		verifyNoMoreInteractions(this.connection);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			RECONNECT, IDLE OPEN WAITING
			PAUSE,     IDLE CONNECTING OPEN WAITING
			RESUME,    IDLE CLOSING CLOSED
			""")
	void itIsToldWhereNothingIsToDo(Action action, String effective) {
		for (ConnectionState state : ConnectionState.values()) {
			assertThat(action.nothingToDo(state) == null).as("%s while %s", action, state)
				.isEqualTo(effective.contains(state.name()));
		}
	}

	@Test
	void nameMayHaveAnyCase() {
		assertThat(Action.of("Pause")).contains(Action.PAUSE);
		assertThat(Action.of("stop")).isEmpty();
		assertThat(Action.of(null)).isEmpty();
	}

}
