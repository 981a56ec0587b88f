package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.github.websocketresilience.SendFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a simulation has sent, requests included, in order, and what became of
 * the messages that are no requests.
 */
final class SentMessages {

	private final Simulation simulation;

	private final List<Sent> all = new ArrayList<>();

	private final Map<String, List<Integer>> withKey = new HashMap<>();

	private final Map<Integer, Fate> fateOf = new HashMap<>();

	private final List<Fate> fates = new ArrayList<>();

	private final SortedSet<Integer> unfinished = new TreeSet<>();

	SentMessages(Simulation simulation) {
		this.simulation = simulation;
	}

	/**
	 * Note a message.
	 * @param key its key, or {@code null}
	 * @return its number
	 */
	int add(@Nullable String key) {
		int number = addRequest();
		this.unfinished.add(number);
		if (key != null) {
			this.withKey.computeIfAbsent(key, (ignored) -> new ArrayList<>()).add(number);
			this.all.set(number, this.all.get(number).with(key));
		}
		return number;
	}

	/**
	 * Note a request, whose fate is somebody else's to keep.
	 * @return its number
	 */
	int addRequest() {
		this.all.add(new Sent(this.simulation.now(), Math.max(1, this.simulation.workers().runs()), null,
				this.simulation.network().writers()));
		return this.all.size() - 1;
	}

	void completed(int number, @Nullable Reason reason) {
		Fate fate = new Fate(number, reason);
		this.unfinished.remove(number);
		this.fates.add(fate);
		this.fateOf.put(number, fate);
	}

	/**
	 * Return the number of the next message.
	 */
	int next() {
		return this.all.size();
	}

	/**
	 * Return how many messages were sent that are no requests.
	 */
	int count() {
		return this.fates.size() + this.unfinished.size();
	}

	Sent get(int number) {
		return this.all.get(number);
	}

	/**
	 * Return the numbers of all messages with a key, in order.
	 */
	List<Integer> withKey(String key) {
		return this.withKey.getOrDefault(key, List.of());
	}

	/**
	 * Return what became of a message, {@code null} as long as it is not known.
	 */
	@Nullable Fate fateOf(int number) {
		return this.fateOf.get(number);
	}

	/**
	 * Return what became of messages, in the order of completion.
	 */
	List<Fate> fates() {
		return this.fates;
	}

	/**
	 * Return the messages whose futures have not completed.
	 */
	SortedSet<Integer> unfinished() {
		return this.unfinished;
	}

	/**
	 * Return the number of a message in a frame, -1 if it is not the user's.
	 */
	static int numberIn(Transport.Frame frame) {
		String text = (frame instanceof Transport.Frame.Binary binary)
				? DeliveryOrder.textOf(new io.github.websocketresilience.Message.Binary(binary.bytes()))
				: (frame instanceof Transport.Frame.Text message) ? message.text() : "";
		if (text.startsWith("u")) {
			return Integer.parseInt(text, 1, text.indexOf(' '), 10);
		}
		int number = text.indexOf("\"n\":");
		return (number >= 0) ? Integer.parseInt(text, number + 4, text.length() - 1, 10) : -1;
	}

	/**
	 * A message that was sent.
	 *
	 * @param at when
	 * @param run during which run; before the first it waits for that one
	 * @param key its key, or {@code null}
	 * @param writers how many writers had begun by then
	 */
	record Sent(long at, int run, @Nullable String key, int writers) {

		private Sent with(String key) {
			return new Sent(this.at, this.run, key, this.writers);
		}

	}

	/**
	 * What became of a message.
	 *
	 * @param number its number
	 * @param reason why it failed, or {@code null} if it was sent
	 */
	record Fate(int number, @Nullable Reason reason) {
	}

}
