package io.github.websocketresilience.engine;

import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The port to sockets. Every method, also of what it hands out, returns at once and never
 * throws; DNS, handshake, write, ping, close and abort happen on threads of the
 * transport. The same contract suite runs against every implementation.
 */
public interface Transport {

	/**
	 * Begin one attempt to open a socket.
	 * @param settings what was asked for
	 * @param attempt whom to ask for the handshake and tell everything
	 * @return ends the attempt
	 */
	Connecting connect(ConnectionSettings settings, Attempt attempt);

	/**
	 * An attempt under way.
	 */
	interface Connecting {

		/**
		 * End the attempt: nothing more is done for it, its thread is interrupted, its
		 * channel closed. Does nothing once {@link Attempt#opened} was called. A socket
		 * that opens all the same is handed over and aborted by the engine.
		 */
		void abort();

	}

	/**
	 * The engine's side of one attempt and, if it opens, of its socket. The methods may
	 * be called from any thread, return at once and never throw. Those of the reader are
	 * called by one thread at a time, in the order of arrival.
	 */
	interface Attempt {

		/**
		 * The attempt has its thread; the connect deadline runs from now on.
		 */
		void started();

		/**
		 * The attempt has waited for a thread for the whole connect timeout and goes on
		 * waiting. Told once.
		 */
		void delayed();

		/**
		 * Compose what to send. Called once, after {@link #started()}, on a thread that
		 * may block: it runs users' customizers.
		 * @return completes with the request, or with the failure of a customizer
		 */
		CompletionStage<HandshakeRequest> prepare();

		/**
		 * The opening handshake is done. Called at most once. Messages may already have
		 * been offered.
		 * @param socket the open socket
		 * @param subprotocol what the server chose, empty if nothing
		 */
		void opened(Socket socket, String subprotocol);

		/**
		 * The attempt failed, or its socket broke. Nothing follows.
		 * @param failure why
		 */
		void failed(Disconnect failure);

		/**
		 * The peer sent a close frame. Nothing follows.
		 * @param code its status code, 1005 if it had none (RFC 6455 section 7.1.5)
		 * @param reason its reason, empty if it had none
		 */
		void closed(int code, String reason);

		/**
		 * The reader: a whole text message arrived.
		 * @param text the text
		 */
		void text(String text);

		/**
		 * The reader: a whole binary message arrived.
		 * @param bytes the payload, not used by the transport any more
		 */
		void binary(byte[] bytes);

		/**
		 * The reader: a pong frame arrived.
		 * @param payload its payload
		 */
		void pong(byte[] payload);

		/**
		 * The reader: a piece of a message arrived that is not whole yet.
		 */
		void piece();

	}

	/**
	 * An open socket.
	 */
	interface Socket {

		/**
		 * Write all that the outbox hands out, then report it done. Called only when no
		 * outbox of this socket is running.
		 * <p>
		 * The transport promises: within 1 s of {@link #abort} a running outbox has
		 * ended, or the transport calls {@link Outbox#done} in its place.
		 * @param outbox what to write
		 */
		void write(Outbox outbox);

		/**
		 * Send a close frame and wait for the peer's, which is told by
		 * {@link Attempt#closed}. Called once, with nothing left to write.
		 * @param code the status code (RFC 6455 section 7.4)
		 * @param reason at most 123 bytes
		 */
		void close(int code, String reason);

		/**
		 * Give the socket up: a close frame is tried for at most 50 ms, then TCP is ended
		 * and nothing of it is left within 3 s. May be called more than once.
		 * @param code the status code to try
		 */
		void abort(int code);

		/**
		 * Stop reading: no message is offered once the reader's call under way has
		 * returned, until {@link #resumeReading()}. Called on the reader's thread only.
		 */
		void pauseReading();

		/**
		 * Read on, on a thread of the transport. Called once for each
		 * {@link #pauseReading()}, after it has returned.
		 */
		void resumeReading();

		/**
		 * Return whether the reader may run a listener, which may take its time. Called
		 * on the reader's thread. Not while that is the thread of the handshake, which
		 * finds the first messages behind the answer: others wait for it.
		 * @return whether the calling thread waits for nobody but this socket
		 */
		default boolean lendsReader() {
			return true;
		}

	}

	/**
	 * What one writer writes. All methods are called by the transport, one at a time, but
	 * for {@link #done} in the place of a writer that does not return.
	 */
	interface Outbox {

		/**
		 * Take the next frame. Everything taken before must be written before it.
		 * @return the frame, or {@code null} if there is nothing more to write: then
		 * flush, report it, and be {@link #done}
		 */
		@Nullable Frame next();

		/**
		 * All that was taken so far has been handed to the socket. May be called after
		 * each frame or after several.
		 */
		void flushed();

		/**
		 * The writer has ended and writes nothing more. Called exactly once by a writer;
		 * a second call, of the writer that was given up, does nothing.
		 * @param failure why it ended early, or {@code null}
		 */
		void done(@Nullable Disconnect failure);

	}

	/**
	 * A frame or message to write.
	 */
	sealed interface Frame {

		/**
		 * A text message.
		 *
		 * @param text the payload, known to be encodable as UTF-8
		 */
		record Text(String text) implements Frame {
		}

		/**
		 * A binary message.
		 *
		 * @param bytes the payload, not to be changed
		 */
		record Binary(byte[] bytes) implements Frame {
		}

		/**
		 * A ping frame (RFC 6455 section 5.5.2).
		 *
		 * @param payload at most 125 bytes
		 */
		record Ping(byte[] payload) implements Frame {
		}

	}

}
