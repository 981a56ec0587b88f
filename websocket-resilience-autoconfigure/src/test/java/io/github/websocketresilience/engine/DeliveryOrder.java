package io.github.websocketresilience.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * What listeners were told, in order. Invariant 9: one call at a time; messages lie
 * between the open and the disconnect of their own socket, in the order of the server.
 */
final class DeliveryOrder {

	private final List<ConnectionEvent> events = new ArrayList<>();

	private boolean inside;

	private boolean skipped;

	private int attempt;

	private boolean open;

	private int newestSocket;

	private int newestMessage;

	static String textOf(Message message) {
		return (message instanceof Message.Text text) ? text.text()
				: new String(((Message.Binary) message).bytes(), StandardCharsets.UTF_8);
	}

	void event(ConnectionEvent event) {
		enter();
		this.events.add(event);
		if (event instanceof ConnectionEvent.Attempted) {
			this.attempt++;
		}
		else if (event instanceof ConnectionEvent.Opened) {
			this.open = true;
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			Invariant.require(this.skipped || this.open == disconnected.opened(), "9: %s while open is %s", event,
					this.open);
			this.open = false;
		}
		else if (event instanceof ConnectionEvent.EventsSkipped) {
			skip();
		}
	}

	/**
	 * From now on events may be missing: listeners were too slow, or closed was closed.
	 */
	void skip() {
		this.skipped = true;
	}

	boolean isSkipped() {
		return this.skipped;
	}

	void message(String text) {
		enter();
		Invariant.require(!text.startsWith("hello"), "9: delivered though it is to be ignored");
		String place = placeOf(text);
		if (place == null) {
			return;
		}
		int dash = place.indexOf('-');
		int socket = Integer.parseInt(place, 1, dash, 10);
		int number = Integer.parseInt(place, dash + 1, place.length(), 10);
		Invariant.require(socket > this.newestSocket || (socket == this.newestSocket && number > this.newestMessage),
				"9: message %s after s%s-%s", text, this.newestSocket, this.newestMessage);
		Invariant.require(this.skipped || (this.open && socket == this.attempt),
				"9: message %s is delivered during attempt %s, open is %s", text, this.attempt, this.open);
		this.newestSocket = socket;
		this.newestMessage = number;
	}

	/**
	 * Return what a server wrote of the place of a message: {@code s<socket>-<seq>}.
	 */
	static @Nullable String placeOf(String text) {
		if (text.startsWith("{")) {
			return text.substring(text.indexOf("\"m\":\"") + 5, text.length() - 2);
		}
		return text.startsWith("s") ? text : null;
	}

	boolean isInside() {
		return this.inside;
	}

	private void enter() {
		Invariant.require(!this.inside, "9: two listener calls at once");
		this.inside = true;
	}

	void returned() {
		this.inside = false;
	}

	/**
	 * Return the events that were told.
	 */
	List<ConnectionEvent> events() {
		return this.events;
	}

}
