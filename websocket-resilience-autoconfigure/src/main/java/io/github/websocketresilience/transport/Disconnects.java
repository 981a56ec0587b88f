package io.github.websocketresilience.transport;

import java.time.Duration;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words why an open socket ended.
 */
final class Disconnects {

	private static final int PROTOCOL_ERROR = 1002;

	private static final int INVALID_PAYLOAD = 1007;

	private static final int TOO_BIG = 1009;

	private Disconnects() {
	}

	/**
	 * Describe a close frame that was sent by this side.
	 * @param kind why it was sent
	 * @param code its status code
	 * @param text one line for people
	 * @return the description
	 */
	static Disconnect local(Kind kind, int code, String text) {
		return new Disconnect(kind, code, "", null, Initiator.US, null, Duration.ZERO, Duration.ZERO, 0, null, text);
	}

	/**
	 * Describe a close frame of the peer's that cannot be read.
	 * @return the description
	 */
	static Disconnect brokenClose() {
		return local(Kind.PROTOCOL_ERROR, PROTOCOL_ERROR, "the peer sent a broken close frame");
	}

	/**
	 * Describe the end of a connection whose data could not be inflated. No close frame
	 * is sent.
	 * @return the description
	 */
	static Disconnect notInflated() {
		return Disconnect.of(Kind.PROTOCOL_ERROR, "the peer sent compressed data that cannot be inflated");
	}

	/**
	 * Describe what the container ended by itself. Its reason is not kept: it is a text
	 * of the container's.
	 * @param code the status code it told
	 * @param error what it told before, or {@code null}
	 * @return the description
	 */
	static Disconnect byContainer(int code, @Nullable Throwable error) {
		Disconnect disconnect = switch (code) {
			case PROTOCOL_ERROR -> local(Kind.PROTOCOL_ERROR, code, "the peer broke the protocol");
			case INVALID_PAYLOAD -> local(Kind.PROTOCOL_ERROR, code, "the peer sent text that is not UTF-8");
			case TOO_BIG -> local(Kind.MESSAGE_TOO_BIG, code, "a message too big for the container arrived");
			default -> Disconnect.of(Kind.CONNECTION_LOST, "the connection ended without a close frame");
		};
		return (error != null) ? disconnect.causedBy(error) : disconnect;
	}

}
