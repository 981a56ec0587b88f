package io.github.websocketresilience.test.faults.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges what became of messages that were numbered in the order in which they were sent.
 */
final class Sequence {

	private static final int KEPT = 10;

	private final String outcomes;

	private final List<Socket> sockets;

	private final List<String> problems = new ArrayList<>();

	/** On which socket each came, by its place in the list; -1 if it did not. */
	private final int[] arrivals;

	private long arrived;

	private long missing;

	/**
	 * Judge.
	 * @param outcomes what became of each future, a letter for each
	 * @param sockets what came on each socket of the connection, in order
	 */
	Sequence(String outcomes, List<Socket> sockets) {
		this.outcomes = outcomes;
		this.sockets = sockets;
		this.arrivals = new int[outcomes.length()];
		judgeArrivals();
		judgeLosses();
		expect(outcomes.indexOf(Outcomes.PENDING) < 0, "futures that did not complete");
		expect(outcomes.indexOf(Outcomes.FOREIGN) < 0, "futures that completed twice, or with something else");
	}

	List<String> problems() {
		return List.copyOf(this.problems);
	}

	long arrived() {
		return this.arrived;
	}

	/**
	 * Return how many were handed to a socket and did not arrive.
	 * @return the number
	 */
	long missing() {
		return this.missing;
	}

	/**
	 * All in order, none twice, and of no socket any after one of a later socket.
	 */
	private void judgeArrivals() {
		Arrays.fill(this.arrivals, -1);
		int last = -1;
		for (int socket = 0; socket < this.sockets.size(); socket++) {
			for (int number : this.sockets.get(socket).numbers()) {
				expect(number > last, number + " after " + last);
				expect(Outcomes.mayHaveBeenWritten(this.outcomes.charAt(number)),
						number + " came, its future: " + Outcomes.meaning(this.outcomes.charAt(number)));
				this.arrivals[number] = socket;
				this.arrived++;
				last = number;
			}
		}
	}

	/**
	 * What was handed to a socket may be missing only if that socket ended without our
	 * close frame, which is behind all that was written. Which socket it was is known by
	 * what came before and after.
	 */
	private void judgeLosses() {
		int last = this.sockets.size() - 1;
		List<Integer> missing = new ArrayList<>();
		for (int number = this.arrivals.length - 1; number >= 0; number--) {
			int socket = this.arrivals[number];
			if (socket >= 0) {
				judgeLosses(missing, socket, last);
				missing.clear();
				last = socket - 1;
			}
			else if (this.outcomes.charAt(number) == Outcomes.DONE) {
				missing.add(number);
			}
		}
		judgeLosses(missing, 0, last);
	}

	private void judgeLosses(List<Integer> numbers, int first, int last) {
		if (!numbers.isEmpty()) {
			this.missing += numbers.size();
			List<Socket> candidates = this.sockets.subList(first, Math.max(first, last + 1));
			expect(!candidates.stream().allMatch(Socket::orderly),
					numbers + " were handed to a socket that ended in order");
		}
	}

	private void expect(boolean condition, String problem) {
		if (!condition && this.problems.size() < KEPT) {
			this.problems.add(problem);
		}
	}

	/**
	 * What came on a socket.
	 *
	 * @param numbers the numbers of the messages
	 * @param orderly whether our close frame came as well
	 */
	record Socket(List<Integer> numbers, boolean orderly) {
	}

}
