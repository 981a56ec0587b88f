package io.github.websocketresilience.test.faults.soak;

import java.util.List;

import io.github.websocketresilience.test.faults.soak.Sequence.Socket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of a test's tool: it must see what it is there to see.
 */
class SequenceTests {

	@Test
	void lossesOfASocketThatBrokeAreNoneOfOurs() {
		Sequence sequence = new Sequence("..Q..LC.", List.of(broken(0, 1), orderly(7)));
		assertThat(sequence.problems()).isEmpty();
		assertThat(sequence.arrived()).isEqualTo(3);
		assertThat(sequence.missing()).isEqualTo(2);
	}

	@Test
	void lossesAreOfThatSocketAmongSeveralThatBroke() {
		assertThat(judge("....", orderly(0), broken(), orderly(3))).isEmpty();
		assertThat(judge("....", broken(), orderly(3))).isEmpty();
		assertThat(judge("....", orderly(0), broken())).isEmpty();
	}

	@Test
	void lossOfASocketThatEndedInOrderIsSeen() {
		assertThat(judge("...", orderly(0, 1))).singleElement().asString().contains("[2]");
		assertThat(judge("...", orderly(0), orderly(2))).singleElement().asString().contains("[1]");
		assertThat(judge("...", broken(0), orderly(1, 2))).isEmpty();
		assertThat(judge("..", orderly(1))).singleElement().asString().contains("[0]");
	}

	@Test
	void lossInTheMiddleOfASocketIsSeenAlsoIfItBroke() {
		assertThat(judge("...", broken(0, 2))).singleElement().asString().contains("[1]");
	}

	@Test
	void reorderingAndDuplicatesAreSeen() {
		assertThat(judge("..", orderly(1, 0))).contains("0 after 1");
		assertThat(judge("..", orderly(0, 0, 1))).contains("0 after 0");
		assertThat(judge("..", orderly(0, 1), orderly(1))).contains("1 after 1");
	}

	@Test
	void messagesOfAnOlderSocketAfterThoseOfAYoungerAreSeen() {
		assertThat(judge("....", orderly(0, 3), orderly(1, 2))).contains("1 after 3");
	}

	@Test
	void messageThatWasNeverWrittenAndCameIsSeen() {
		assertThat(judge("E", orderly(0))).singleElement().asString().contains("expired");
		assertThat(judge("L", orderly(0))).isEmpty();
	}

	@Test
	void futuresThatDidNotCompleteOrCompletedOddlyAreSeen() {
		assertThat(judge("?")).containsExactly("futures that did not complete");
		assertThat(judge("!")).containsExactly("futures that completed twice, or with something else");
	}

	private static List<String> judge(String outcomes, Socket... sockets) {
		return new Sequence(outcomes, List.of(sockets)).problems();
	}

	private static Socket orderly(Integer... numbers) {
		return new Socket(List.of(numbers), true);
	}

	private static Socket broken(Integer... numbers) {
		return new Socket(List.of(numbers), false);
	}

}
