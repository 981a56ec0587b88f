package io.github.websocketresilience.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.websocketresilience.engine.Transport.Frame;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends frames to one session: several a flush where the container can collect them (the
 * batching of Jakarta WebSocket), else each at once. Used by one writer at a time.
 * <p>
 * Batching is allowed only while a writer runs, since Tomcat collects everything then:
 * the pongs with which it answers the peer as well. They go out with our next flush, and
 * without one they would stay.
 */
final class FrameSender {

	private static final Logger logger = LoggerFactory.getLogger(FrameSender.class);

	// Tomcat writes its buffer of 8 KiB by itself whenever it is full, so larger batches
	// save it nothing, but other containers may collect without a bound. And until the
	// flush a message counts as unsent: its sender waits, and if the socket breaks
	// nobody knows what became of it.
	private static final int FULL_FRAMES = 64;

	private static final int FULL_PAYLOAD = 32 * 1024;

	private final Session session;

	private boolean unsupported;

	private boolean collecting;

	private int frames;

	// Bytes, of texts characters: their bytes are not worth counting once more.
	private int payload;

	FrameSender(Session session) {
		this.session = session;
	}

	/**
	 * Send a frame, or let the container collect it.
	 * @param frame the frame
	 * @throws IOException after which the session may be unable to send for ever
	 */
	void send(Frame frame) throws IOException {
		RemoteEndpoint.Basic remote = this.session.getBasicRemote();
		if (!this.collecting && !this.unsupported) {
			allowBatching(remote);
		}
		this.payload += write(remote, frame);
		this.frames++;
	}

	/**
	 * Return whether frames were sent since the last flush.
	 */
	boolean hasUnflushed() {
		return this.frames > 0;
	}

	/**
	 * Return whether to flush before the next frame.
	 */
	boolean isFull() {
		return this.frames > 0 && (!this.collecting || this.frames >= FULL_FRAMES || this.payload >= FULL_PAYLOAD);
	}

	/**
	 * Hand what was collected to the socket, with more to follow.
	 * @throws IOException after which the session may be unable to send for ever
	 */
	void flush() throws IOException {
		if (this.collecting) {
			this.session.getBasicRemote().flushBatch();
		}
		nothingIsUnflushed();
	}

	/**
	 * Hand what was collected to the socket, and collect nothing any more.
	 * @throws IOException after which the session may be unable to send for ever
	 */
	void end() throws IOException {
		if (this.collecting) {
			this.collecting = false;
			// Also flushes, as the standard wants it.
			this.session.getBasicRemote().setBatchingAllowed(false);
		}
		nothingIsUnflushed();
	}

	private void nothingIsUnflushed() {
		this.frames = 0;
		this.payload = 0;
	}

	private void allowBatching(RemoteEndpoint remote) {
		try {
			remote.setBatchingAllowed(true);
			this.collecting = remote.getBatchingAllowed();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The container does not batch: {}", ex.getClass().getName());
		}
		this.unsupported = !this.collecting;
	}

	private static int write(RemoteEndpoint.Basic remote, Frame frame) throws IOException {
		if (frame instanceof Frame.Text text) {
			remote.sendText(text.text());
			return text.text().length();
		}
		if (frame instanceof Frame.Binary binary) {
			remote.sendBinary(ByteBuffer.wrap(binary.bytes()));
			return binary.bytes().length;
		}
		byte[] payload = ((Frame.Ping) frame).payload();
		remote.sendPing(ByteBuffer.wrap(payload));
		return payload.length;
	}

}
