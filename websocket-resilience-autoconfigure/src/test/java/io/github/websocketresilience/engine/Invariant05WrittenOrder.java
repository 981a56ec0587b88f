package io.github.websocketresilience.engine;

import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.engine.SentMessages.Fate;
import io.github.websocketresilience.engine.SentMessages.Sent;
import io.github.websocketresilience.engine.SimulatedNetwork.Written;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.jspecify.annotations.Nullable;

/**
 * Messages are taken in the order in which they were sent, over all sockets, but that a
 * message with a key takes the place of the one that it replaces. What waits has no
 * successor with its key. Checked when every fate is told: only then it is known who was
 * replaced.
 */
final class Invariant05WrittenOrder implements Invariant {

	private int takenSeen;

	private int fatesSeen;

	private int last = -1;

	private int lastNumber = -1;

	@Override
	public void check(Simulation simulation) {
		if (simulation.workers().pending(Group.COMPLETIONS) > 0) {
			return;
		}
		SentMessages messages = simulation.user().sent();
		List<Written> taken = simulation.network().taken();
		for (; this.takenSeen < taken.size(); this.takenSeen++) {
			int number = SentMessages.numberIn(taken.get(this.takenSeen).frame());
			if (number >= 0) {
				inPlace(messages, number);
				notReplaced(messages, number, taken.get(this.takenSeen).writer());
			}
		}
		for (; this.fatesSeen < messages.fates().size(); this.fatesSeen++) {
			Fate fate = messages.fates().get(this.fatesSeen);
			Invariant.require(fate.reason() != Reason.REPLACED || hasSuccessor(messages, fate.number()),
					"5: u%s was replaced by nothing", fate.number());
		}
	}

	private void inPlace(SentMessages messages, int number) {
		Integer place = places(messages, number).higher(this.last);
		Invariant.require(place != null, "5: u%s is taken after u%s, which had place %s", number, this.lastNumber,
				this.last);
		this.last = Objects.requireNonNull(place);
		this.lastNumber = number;
	}

	/**
	 * Return the places that a message may have: its own, or of what it replaced. It is
	 * not always told whether a message that failed has ever waited.
	 */
	private static NavigableSet<Integer> places(SentMessages messages, int number) {
		NavigableSet<Integer> result = new TreeSet<>();
		result.add(number);
		String key = messages.get(number).key();
		List<Integer> older = (key != null) ? List.copyOf(messages.withKey(key)) : List.of();
		boolean certain = true;
		for (int i = older.indexOf(number) - 1; i >= 0; i--) {
			Fate fate = messages.fateOf(older.get(i));
			if (fate == null || wasTaken(fate.reason())) {
				return result;
			}
			if (fate.reason() == Reason.REPLACED) {
				NavigableSet<Integer> inherited = places(messages, older.get(i));
				if (certain) {
					return inherited;
				}
				result.addAll(inherited);
				return result;
			}
			certain = false;
		}
		return result;
	}

	private static boolean wasTaken(@Nullable Reason reason) {
		return reason == null || reason == Reason.LOST_IN_FLIGHT;
	}

	/**
	 * When a writer begins, nobody holds anything, so no two that wait have one key.
	 */
	private static void notReplaced(SentMessages messages, int number, int writer) {
		String key = messages.get(number).key();
		List<Integer> withKey = (key != null) ? messages.withKey(key) : List.of();
		for (int other : withKey) {
			Sent newer = messages.get(other);
			Fate fate = messages.fateOf(other);
			boolean waited = other > number && newer.writers() < writer && (fate == null || wasTaken(fate.reason()));
			Invariant.require(!waited, "5: u%s is taken though u%s with its key waited too", number, other);
		}
	}

	private static boolean hasSuccessor(SentMessages messages, int number) {
		String key = messages.get(number).key();
		return key != null && messages.withKey(key).stream().anyMatch((other) -> other > number);
	}

}
