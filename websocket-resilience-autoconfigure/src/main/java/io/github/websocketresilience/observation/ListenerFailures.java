package io.github.websocketresilience.observation;

import java.io.Serial;

import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of what a listener threw.
 */
final class ListenerFailures {

	private static final int DEEPEST = 16;

	private ListenerFailures() {
	}

	/**
	 * Return what the listener itself threw. Of one that could not read its message only
	 * class names are left: the text of a parser shows the payload.
	 */
	static Throwable recorded(Throwable thrown, Message message) {
		Throwable cause = thrown.getCause();
		Throwable failure = (thrown instanceof ListenerMethodException && cause != null) ? cause : thrown;
		UnreadableMessageException unreadable = unreadable(failure);
		return (unreadable != null) ? withoutPayload(unreadable, message) : failure;
	}

	private static @Nullable UnreadableMessageException unreadable(Throwable failure) {
		Throwable next = failure;
		for (int depth = 0; next != null && depth < DEEPEST; depth++) {
			if (next instanceof UnreadableMessageException unreadable) {
				return unreadable;
			}
			next = next.getCause();
		}
		return null;
	}

	private static Throwable withoutPayload(UnreadableMessageException unreadable, Message message) {
		Throwable cause = unreadable.getCause();
		return new UnreadableMessageException(unreadable.type(), message,
				new ClassNameOnly((cause != null) ? cause.getClass().getName() : "unknown"));
	}

	/**
	 * Stands for an exception whose text must not be shown.
	 */
	private static final class ClassNameOnly extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		ClassNameOnly(String name) {
			super(name, null, false, false);
		}

		@Override
		public String toString() {
			return String.valueOf(getMessage());
		}

	}

}
