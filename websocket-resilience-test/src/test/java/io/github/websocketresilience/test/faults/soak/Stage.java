package io.github.websocketresilience.test.faults.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import io.github.websocketresilience.test.interoperability.ChildProcess;

import static org.awaitility.Awaitility.await;

/**
 * What faults are done to, by one thread, and what is due later.
 */
final class Stage {

	private final List<Peer> peers;

	private final ChildProcess client;

	private final Random random;

	private final PriorityQueue<Due> agenda = new PriorityQueue<>();

	Stage(List<Peer> peers, ChildProcess client, Random random) {
		this.peers = peers;
		this.client = client;
		this.random = random;
	}

	List<Peer> peers() {
		return this.peers;
	}

	ChildProcess client() {
		return this.client;
	}

	/**
	 * Give the client a command and wait until it is done.
	 * @param format the command
	 * @param values its words
	 */
	void command(String format, Object... values) {
		this.client.command(format.formatted(values));
		this.client.forget();
	}

	int between(int least, int most) {
		return this.random.nextInt(least, most + 1);
	}

	<T> T oneOf(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	void later(Duration delay, Runnable task) {
		this.agenda.add(new Due(Instant.now().plus(delay), task));
	}

	/**
	 * Keep other faults away from a peer until something has been done to it.
	 * @param peer the peer
	 * @param delay until then
	 * @param task what is done then
	 */
	void reserve(Peer peer, Duration delay, Runnable task) {
		peer.untouchable(true);
		later(delay, () -> {
			task.run();
			peer.untouchable(false);
		});
	}

	/**
	 * Let time pass, and do nothing.
	 * @param time how much
	 */
	void pause(Duration time) {
		await().pollDelay(time).atMost(time.plusSeconds(20)).until(() -> true);
	}

	/**
	 * Do what is due.
	 */
	void doWhatIsDue() {
		doUntil(Instant.now());
	}

	/**
	 * Do all that is on the agenda, due or not.
	 */
	void doTheRest() {
		doUntil(Instant.MAX);
	}

	private void doUntil(Instant instant) {
		for (Due due = this.agenda.peek(); due != null && !due.at().isAfter(instant); due = this.agenda.peek()) {
			this.agenda.remove();
			due.task().run();
		}
	}

	private record Due(Instant at, Runnable task) implements Comparable<Due> {

		@Override
		public int compareTo(Due other) {
			return this.at.compareTo(other.at);
		}

	}

}
