package io.github.websocketresilience.test.faults.soak;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionException;

import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.SendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What became of numbered messages, a letter for each. Safe for many threads.
 */
final class Outcomes {

	/** The future has not completed. */
	static final char PENDING = '?';

	/** Handed to the socket, or answered. */
	static final char DONE = '.';

	/** The peer may have it or not. */
	static final char UNKNOWN = 'L';

	/** Completed with something that no contract names. */
	static final char FOREIGN = '!';

	private byte[] letters = new byte[1024];

	private int count;

	private int pending;

	/**
	 * Begin with the next message.
	 * @return its number, from 0
	 */
	synchronized int begin() {
		if (this.count == this.letters.length) {
			this.letters = Arrays.copyOf(this.letters, this.count * 2);
		}
		this.letters[this.count] = PENDING;
		this.pending++;
		return this.count++;
	}

	/**
	 * Note how a future completed.
	 * @param number the message
	 * @param failure with what, or {@code null} if normally
	 */
	synchronized void end(int number, @Nullable Throwable failure) {
		boolean first = this.letters[number] == PENDING;
		this.letters[number] = (byte) (first ? letter(failure) : FOREIGN);
		this.pending -= first ? 1 : 0;
	}

	synchronized int pending() {
		return this.pending;
	}

	synchronized String letters() {
		return new String(this.letters, 0, this.count, StandardCharsets.US_ASCII);
	}

	private static char letter(@Nullable Throwable failure) {
		if (failure == null) {
			return DONE;
		}
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof SendFailedException send) {
			return letter(send.reason());
		}
		return (cause instanceof RequestFailedException request) ? letter(request) : FOREIGN;
	}

	private static char letter(SendFailedException.Reason reason) {
		return (reason == SendFailedException.Reason.LOST_IN_FLIGHT) ? UNKNOWN : reason.name().charAt(0);
	}

	private static char letter(RequestFailedException request) {
		return switch (request.reason()) {
			case TIMED_OUT, DISCONNECTED -> UNKNOWN;
			case NOT_SENT -> (request.getCause() instanceof SendFailedException send) ? letter(send.reason()) : FOREIGN;
			case TOO_MANY_PENDING, DUPLICATE_ID -> 'Q';
		};
	}

	static boolean mayHaveBeenWritten(char letter) {
		return letter == DONE || letter == UNKNOWN;
	}

	/**
	 * Return what a letter stands for.
	 * @param letter the letter
	 * @return a word for the report
	 */
	static String meaning(char letter) {
		return switch (letter) {
			case PENDING -> "not completed";
			case DONE -> "handed to the socket";
			case UNKNOWN -> "lost in flight";
			case FOREIGN -> "completed with something else, or twice";
			case 'N' -> "not connected";
			case 'Q' -> "queue full";
			case 'E' -> "expired";
			case 'R' -> "replaced";
			case 'C' -> "closed";
			case 'T' -> "too large";
			default -> throw new IllegalArgumentException(String.valueOf(letter));
		};
	}

}
