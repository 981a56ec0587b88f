package io.github.websocketresilience.engine;

/**
 * A text that a pattern may look at only so often. A pattern that goes back and forth may
 * else keep the read thread busy for longer than anybody waits, and nothing can stop it:
 * the socket would be given up, and the thread not. Counts looks, not time, so that the
 * same text always fares the same.
 */
final class BoundedText implements CharSequence {

	/**
	 * Some tenths of a second, and a thousand times what a pattern needs that goes over
	 * the longest text once or twice.
	 */
	static final int LOOKS = 10_000_000;

	private final String text;

	private int looks;

	BoundedText(String text) {
		this.text = text;
	}

	@Override
	public char charAt(int index) {
		if (++this.looks > LOOKS) {
			throw new PatternTooSlowException();
		}
		return this.text.charAt(index);
	}

	@Override
	public int length() {
		return this.text.length();
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		return this.text.subSequence(start, end);
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * A pattern needs too long for a text.
	 */
	@SuppressWarnings("serial") // never leaves the room
	static final class PatternTooSlowException extends RuntimeException {

		PatternTooSlowException() {
			super("A pattern looked at a text more than " + LOOKS + " times");
		}

	}

}
