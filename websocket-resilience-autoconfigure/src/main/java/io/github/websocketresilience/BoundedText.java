package io.github.websocketresilience;

/**
 * A text that a pattern may look at only so often. Counts looks, not time, so that the
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
			throw new PatternTooSlowException(LOOKS);
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

}
