package io.github.websocketresilience.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts text messages together from their frames.
 */
final class Texts {

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	private final List<String> complete = new ArrayList<>();

	private boolean text;

	private Texts() {
	}

	static List<String> of(List<ReceivedFrame> frames) {
		Texts texts = new Texts();
		frames.forEach(texts::add);
		return texts.complete;
	}

	private void add(ReceivedFrame frame) {
		switch (frame.opcode()) {
			case TEXT, BINARY -> begin(frame);
			case CONTINUATION -> append(frame);
			default -> {
				// control frames may stand between the fragments of a message
			}
		}
	}

	private void begin(ReceivedFrame frame) {
		this.text = frame.opcode() == Opcode.TEXT;
		this.message.reset();
		append(frame);
	}

	private void append(ReceivedFrame frame) {
		this.message.writeBytes(frame.payload());
		if (frame.fin() && this.text) {
			this.complete.add(this.message.toString(StandardCharsets.UTF_8));
		}
		this.text = this.text && !frame.fin();
	}

}
