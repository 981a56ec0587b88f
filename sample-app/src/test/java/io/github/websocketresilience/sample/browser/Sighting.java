package io.github.websocketresilience.sample.browser;

import java.util.Map;

/**
 * What a card showed at one moment.
 *
 * @param connection whose card
 * @param state the word
 * @param countdown to the next attempt, empty if none is shown
 * @param cause what is said of the last end
 * @param lateness milliseconds between the change on the server and its showing
 */
record Sighting(String connection, String state, String countdown, String cause, long lateness) {

	static Sighting of(Object seen) {
		Map<?, ?> map = (Map<?, ?>) seen;
		return new Sighting((String) map.get("connection"), (String) map.get("state"), (String) map.get("countdown"),
				(String) map.get("cause"), ((Number) map.get("lateness")).longValue());
	}

	boolean isWaitingWithCountdown() {
		return this.state.equals("WAITING") && this.countdown.matches("in \\d.*|now");
	}

}
