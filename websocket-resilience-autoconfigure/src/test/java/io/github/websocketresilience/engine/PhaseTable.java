package io.github.websocketresilience.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionState;

/**
 * What every input does in every phase. {@code A} is the current attempt, in Waiting and
 * Closed the last one; {@code old} is the one before. {@code 0} is rule zero: counted as
 * stale, and a socket that it brings is aborted. {@code ·} does nothing. {@code –} cannot
 * exist. {@code ✗} must not happen, is told as an internal error and then treated as the
 * outcome says. The port has one call for {@code connectFailed} and {@code failed}.
 */
final class PhaseTable {

	private static final String RULE_ZERO = "0";

	private static final String CANNOT_EXIST = "–";

	private static final String IMPOSSIBLE = "✗ ";

	private static final String CELLS = """
			input                           | Idle               | Connecting         | Open          | Waiting            | Closing       | Closed
			start                           | connects           | ·                  | ·             | ·                  | ·             | connects
			start, then peerClosed(A)       |                    |                    |               |                    | restarts      |
			start, close, peerClosed(A)     |                    |                    |               |                    | ends          |
			send                            | queues             | queues             | writes        | queues             | refuses       | fails
			send under reject               | rejects            | rejects            | writes        | rejects            | refuses       | fails
			reconnect                       | connects           | ·                  | replaces      | hurries            | ·             | ·
			reconnect while writing         |                    |                    | replaces      |                    |               |
			close                           | closes             | gives it up        | goes away     | stops              | ·             | ·
			close while writing             |                    |                    | drains        |                    | ·             |
			attemptStarted(A)               | 0                  | arms               | ✗ loses       | 0                  | ✗ ends        | 0
			attemptStarted(old)             | 0                  | 0                  | 0             | 0                  | 0             | 0
			opened(A, s)                    | 0                  | opens              | ✗ loses       | 0                  | ✗ ends        | 0
			opened(old, s)                  | 0                  | 0                  | 0             | 0                  | 0             | 0
			failed(A)                       | 0                  | retries            | breaks        | 0                  | ends          | 0
			failed(A), no more              | 0                  | gives up           | stays away    | 0                  | ends          | 0
			failed(old)                     | 0                  | 0                  | 0             | 0                  | 0             | 0
			peerClosed(A)                   | 0                  | refused            | is closed     | 0                  | ends          | 0
			peerClosed(old)                 | 0                  | 0                  | 0             | 0                  | 0             | 0
			connect deadline                | –                  | times out          | –             | –                  | –             | –
			connect deadline, no more       | –                  | is too late        | –             | –                  | –             | –
			writerDone(w, unsent)           | –                  | takes back         | pumps         | takes back         | pumps         | fails
			writerDone(w, unsent), reject   | –                  | lets go            | pumps         | lets go            | pumps         | fails
			writerDone(w, nothing)          | –                  | finishes           | finishes      | finishes           | closes now    | ·
			heartbeat timer                 | –                  | –                  | beats         | –                  | –             | –
			heartbeat timer, one missed     | –                  | –                  | misses        | –                  | –             | –
			stability timer                 | –                  | –                  | is due        | –                  | –             | –
			stability timer, then a proof   | –                  | –                  | is stable     | –                  | –             | –
			stability timer, life proven    | –                  | –                  | is stable     | –                  | –             | –
			stability timer, heartbeats off | –                  | –                  | is stable     | –                  | –             | –
			stability timer, timeout 0      | –                  | –                  | is stable     | –                  | –             | –
			send timer, nothing written     | –                  | –                  | looks         | –                  | –             | –
			send timer, a write hangs       | –                  | –                  | hangs         | –                  | ends writing  | –
			expiry timer                    | expires            | expires            | expires       | expires            | expires       | –
			rate timer                      | –                  | finds none         | passes        | finds none         | passes on     | –
			request timer                   | expires unanswered | expires unanswered | is unanswered | expires unanswered | is unanswered | –
			silence timer                   | –                  | –                  | tells         | –                  | –             | –
			silence timer, replace          | –                  | –                  | is silent     | –                  | –             | –
			renew                           | ·                  | ·                  | plans         | ·                  | ·             | ·
			planned reconnect timer         | –                  | –                  | renews        | –                  | –             | –
			planned reconnect timer, writes | –                  | –                  | ·             | –                  | –             | –
			retry timer                     | –                  | –                  | –             | connects again     | –             | –
			close timer                     | –                  | –                  | –             | –                  | ends          | –
			""";

	private static final String OUTCOMES = """
			outcome            | state      | calls                 | events                                                           | timers                                                | failures | future
			·                  |            |                       |                                                                  |                                                       |          |
			0                  |            |                       |                                                                  |                                                       |          |
			–                  |            |                       |                                                                  |                                                       |          |
			connects           | CONNECTING | connect               | Attempted                                                        |                                                       |          |
			restarts           | CONNECTING | A abort 1001, connect | Disconnected(CLOSE_REQUESTED), Closed, Attempted                 | -close -delivery deadline                             | 0        |
			hurries            | CONNECTING | connect               | Attempted                                                        | -retry                                                |          |
			connects again     | CONNECTING | connect               | Attempted                                                        | -retry                                                |          |
			replaces           | CONNECTING | A abort 1001, connect | Disconnected(RECONNECT_REQUESTED), Attempted                     | -heartbeat -send -stability                           |          |
			renews             | CONNECTING | A abort 1001, connect | Disconnected(RECONNECT_REQUESTED), Attempted                     | -heartbeat -planned reconnect -send -stability        |          |
			plans              |            |                       |                                                                  | +planned reconnect                                    |          |
			arms               |            |                       |                                                                  | +connect deadline                                     |          |
			opens              | OPEN       |                       | Opened                                                           | -connect deadline +heartbeat +stability               |          |
			retries            | WAITING    | A abort attempt       | Disconnected(CONNECT_FAILED), RetryScheduled                     | -connect deadline +retry                              | +1       |
			refused            | WAITING    | A abort attempt       | Disconnected(PEER_CLOSED), RetryScheduled                        | -connect deadline +retry                              | +1       |
			times out          | WAITING    | A abort attempt       | Disconnected(CONNECT_TIMEOUT), RetryScheduled                    | -connect deadline +retry                              | +1       |
			gives up           | CLOSED     | A abort attempt       | Disconnected(CONNECT_FAILED), Closed(gave up)                    | -connect deadline                                     | 0        |
			is too late        | CLOSED     | A abort attempt       | Disconnected(CONNECT_TIMEOUT), Closed(gave up)                   | -connect deadline                                     | 0        |
			breaks             | WAITING    | A abort 1001          | Disconnected(CONNECT_FAILED), RetryScheduled                     | -heartbeat -send -stability +retry                    | +1       |
			loses              | WAITING    | A abort 1001          | Disconnected(INTERNAL_ERROR), RetryScheduled                     | -heartbeat -send -stability +retry                    | +1       |
			is closed          | WAITING    | A abort 1001          | Disconnected(PEER_CLOSED), RetryScheduled                        | -heartbeat -send -stability +retry                    | +1       |
			misses             | WAITING    | A abort 1001          | HeartbeatMissed, Disconnected(HEARTBEAT_TIMEOUT), RetryScheduled | -heartbeat -send -stability +retry                    | +1       |
			hangs              | WAITING    | A abort 1001          | Disconnected(SEND_TIMEOUT), RetryScheduled                       | -heartbeat -send -stability +retry                    | +1       |
			stays away         | CLOSED     | A abort 1001          | Disconnected(CONNECT_FAILED), Closed(gave up)                    | -heartbeat -send -stability                           | 0        |
			goes away          | CLOSING    | A close 1000          | Closing                                                          | -heartbeat -send -stability +close +delivery deadline |          | pending
			drains             | CLOSING    |                       | Closing                                                          | -heartbeat -stability +close +delivery deadline       |          | pending
			closes now         |            | A close 1000          |                                                                  | -expiry                                               |          |
			closes             | CLOSED     |                       | Closed                                                           |                                                       |          | done
			gives it up        | CLOSED     | A abort attempt       | Disconnected(CLOSE_REQUESTED), Closed                            | -connect deadline                                     | 0        | done
			stops              | CLOSED     |                       | Closed                                                           | -retry                                                | 0        | done
			ends               | CLOSED     | A abort 1001          | Disconnected(CLOSE_REQUESTED), Closed                            | -close -delivery deadline                             | 0        |
			ends writing       | CLOSED     | A abort 1001          | Disconnected(CLOSE_REQUESTED), Closed                            | -close -delivery deadline -expiry -send               | 0        |
			queues             |            |                       |                                                                  | +expiry                                               |          | pending
			writes             |            | A write               |                                                                  | +expiry                                               |          | pending
			rejects            |            |                       | MessagesDiscarded(NOT_CONNECTED)                                 | +event count                                          |          | NOT_CONNECTED
			lets go            |            |                       | MessagesDiscarded(NOT_CONNECTED)                                 | -expiry +event count                                  |          | NOT_CONNECTED
			finishes           |            |                       |                                                                  | -expiry                                               |          |
			refuses            |            |                       | MessagesDiscarded(CLOSED)                                        | +event count                                          |          | CLOSED
			fails              |            |                       |                                                                  |                                                       |          | CLOSED
			takes back         |            |                       |                                                                  |                                                       |          | pending
			pumps              |            | A write               |                                                                  |                                                       |          | pending
			beats              |            | A write               |                                                                  | -heartbeat                                            |          |
			looks              |            |                       |                                                                  | -send                                                 |          |
			is due             |            |                       |                                                                  | -stability                                            |          |
			is stable          |            |                       |                                                                  | -stability                                            | 0        |
			expires            |            |                       | MessagesDiscarded(EXPIRED)                                       | -expiry +event count                                  |          | EXPIRED
			finds none         |            |                       |                                                                  | -rate                                                 |          | pending
			passes             |            | A write               |                                                                  | -rate                                                 |          | pending
			passes on          |            | A write               |                                                                  | -rate +send                                           |          | pending
			is unanswered      |            |                       |                                                                  | -request                                              |          | TIMED_OUT
			expires unanswered |            |                       | MessagesDiscarded(EXPIRED)                                       | -expiry -request +event count                         |          | TIMED_OUT
			tells              |            |                       | FeedSilent                                                       |                                                       |          |
			is silent          | WAITING    | A abort 1001          | FeedSilent, Disconnected(SILENCE), RetryScheduled                | -heartbeat -send -silence -stability +retry           | +1       |
			""";

	private static final Map<String, Outcome> OUTCOMES_BY_NAME = outcomes();

	private PhaseTable() {
	}

	/**
	 * Return every cell, row by row.
	 */
	static Stream<Cell> cells() {
		List<String> phases = columns(CELLS.lines().findFirst().orElseThrow());
		return CELLS.lines().skip(1).map(PhaseTable::columns).flatMap((row) -> {
			Stream.Builder<Cell> cells = Stream.builder();
			for (int i = 1; i < row.size(); i++) {
				if (!row.get(i).isEmpty()) {
					cells.add(new Cell(row.get(0), state(phases.get(i)), row.get(i)));
				}
			}
			return cells.build();
		});
	}

	private static Map<String, Outcome> outcomes() {
		Map<String, Outcome> result = new LinkedHashMap<>();
		OUTCOMES.lines()
			.skip(1)
			.map(PhaseTable::columns)
			.forEach((row) -> result.put(row.get(0), new Outcome(row.get(1), split(row.get(2), ", "),
					split(row.get(3), ", "), split(row.get(4), " (?=[+-])"), row.get(5), row.get(6))));
		return result;
	}

	private static ConnectionState state(String phase) {
		return ConnectionState.valueOf(phase.toUpperCase(Locale.ROOT));
	}

	private static List<String> columns(String line) {
		return Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
	}

	private static List<String> split(String text, String separator) {
		return text.isEmpty() ? List.of() : List.of(text.split(separator));
	}

	/**
	 * A cell.
	 *
	 * @param input the row
	 * @param phase the column
	 * @param entry what stands in it
	 */
	record Cell(String input, ConnectionState phase, String entry) {

		Outcome outcome() {
			return OUTCOMES_BY_NAME.get(this.entry.replace(IMPOSSIBLE, ""));
		}

		boolean isRuleZero() {
			return this.entry.equals(RULE_ZERO);
		}

		boolean cannotExist() {
			return this.entry.equals(CANNOT_EXIST);
		}

		boolean isImpossible() {
			return this.entry.startsWith(IMPOSSIBLE);
		}

		@Override
		public String toString() {
			return this.input + " in " + this.phase + ": " + this.entry;
		}

	}

	/**
	 * What is to be seen afterwards. What is empty is as before.
	 *
	 * @param state the state
	 * @param calls what was called on transport, attempt and socket
	 * @param events what was told
	 * @param timers what was armed and disarmed
	 * @param failures the failures in a row
	 * @param future what became of the future of the message, or of the close
	 */
	record Outcome(String state, List<String> calls, List<String> events, List<String> timers, String failures,
			String future) {
	}

}
