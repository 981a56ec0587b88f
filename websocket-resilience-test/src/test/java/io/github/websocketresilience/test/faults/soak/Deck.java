package io.github.websocketresilience.test.faults.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Cards with faults on them, so that each comes as often as it should.
 */
final class Deck {

	private final List<Fault> cards = new ArrayList<>();

	private final Random random;

	Deck(Random random) {
		this.random = random;
	}

	/**
	 * Return how many cards there are: after so many, each fault came.
	 */
	static int size() {
		return Arrays.stream(Fault.values()).mapToInt(Fault::weight).sum();
	}

	/**
	 * Take a card, of the shuffled deck again when none is left.
	 * @return the fault on it
	 */
	Fault draw() {
		if (this.cards.isEmpty()) {
			for (Fault fault : Fault.values()) {
				this.cards.addAll(Collections.nCopies(fault.weight(), fault));
			}
			Collections.shuffle(this.cards, this.random);
		}
		return this.cards.remove(this.cards.size() - 1);
	}

}
