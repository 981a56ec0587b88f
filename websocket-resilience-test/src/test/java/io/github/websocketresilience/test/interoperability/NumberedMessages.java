package io.github.websocketresilience.test.interoperability;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.websocketresilience.Message;

/**
 * Checks what {@code load.js} sends as it arrives: of each socket every number, in order
 * and once, whole and of its kind.
 */
final class NumberedMessages {

	private static final int KEPT = 10;

	private static final int HEAD = 40;

	private final Map<Integer, Long> next = new TreeMap<>();

	private final List<String> faults = new ArrayList<>();

	synchronized void add(Message message) {
		String[] head = head(message).split(":", 5);
		int socket = Integer.parseInt(head[0]);
		long number = Long.parseLong(head[1]);
		long expected = this.next.getOrDefault(socket, 0L);
		check(number == expected, "number %d of socket %d instead of %d".formatted(number, socket, expected));
		check(head[2].equals((message instanceof Message.Text) ? "t" : "b"), "kind of number " + number);
		check(message.sizeInBytes() == Integer.parseInt(head[3]), "size of number " + number);
		this.next.put(socket, number + 1);
	}

	/**
	 * Return how many came.
	 * @return the number of each socket that has sent something
	 */
	synchronized Map<Integer, Long> counts() {
		return new TreeMap<>(this.next);
	}

	synchronized long total() {
		return this.next.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Return what was wrong.
	 * @return the first faults
	 */
	synchronized List<String> faults() {
		return List.copyOf(this.faults);
	}

	private void check(boolean right, String fault) {
		if (!right && this.faults.size() < KEPT) {
			this.faults.add(fault);
		}
	}

	private static String head(Message message) {
		if (message instanceof Message.Text text) {
			return text.text().substring(0, Math.min(HEAD, text.text().length()));
		}
		byte[] bytes = ((Message.Binary) message).bytes();
		return new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
	}

}
