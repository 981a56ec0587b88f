package io.github.websocketresilience.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The frames of one connection, the latest of them.
 */
final class Recording {

	/** Frames that are kept of one connection. */
	static final int FRAMES = 10_000;

	/** Bytes of payload that are kept of one connection. */
	static final int BYTES = 16 * 1024 * 1024;

	private final Deque<ReceivedFrame> frames = new ArrayDeque<>();

	private long bytes;

	private long forgotten;

	synchronized void add(ReceivedFrame frame) {
		this.frames.add(frame);
		this.bytes += frame.size();
		while (this.frames.size() > FRAMES || this.bytes > BYTES) {
			this.bytes -= this.frames.remove().size();
			this.forgotten++;
		}
	}

	synchronized List<ReceivedFrame> frames() {
		return List.copyOf(this.frames);
	}

	synchronized long forgotten() {
		return this.forgotten;
	}

}
