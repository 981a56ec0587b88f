package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.Deque;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the {@link DeliveryLog}: messages and events in two queues under one
 * sequence, because their bounds differ. Also counts the messages that a segment holds
 * back until its open was handled. Guarded by the lock of the log.
 */
final class Backlog {

	private final Inbound settings;

	private final EventBuffer events = new EventBuffer();

	private final Deque<Received> messages = new ArrayDeque<>();

	private long sequence;

	private int count;

	private long bytes;

	Backlog(Inbound settings) {
		this.settings = settings;
	}

	boolean isFull() {
		return this.count >= this.settings.capacity() || this.bytes >= this.settings.maxBytes();
	}

	boolean isBelowHalf() {
		return this.count < this.settings.capacity() / 2.0 && this.bytes < this.settings.maxBytes() / 2.0;
	}

	/**
	 * Return whether the reader may deliver by itself what finds nothing before it.
	 */
	boolean isDirect() {
		return this.settings.dispatch() == Dispatch.DIRECT;
	}

	boolean dropsOldest() {
		return this.settings.overflow() == InboundOverflow.DROP_OLDEST;
	}

	void add(ConnectionEvent event) {
		this.events.add(this.sequence++, event);
	}

	/**
	 * Count a message that a segment holds.
	 */
	void admit(Message message) {
		this.count++;
		this.bytes += message.sizeInBytes();
	}

	/**
	 * Put an admitted message behind everything that happened so far.
	 */
	void link(Segment segment, Message message) {
		this.messages.add(new Received(this.sequence++, segment, message));
	}

	/**
	 * Count a message no more.
	 */
	Message forget(Message message) {
		this.count--;
		this.bytes -= message.sizeInBytes();
		return message;
	}

	boolean isEmpty() {
		return this.events.isEmpty() && this.messages.isEmpty();
	}

	/**
	 * Take the next thing out if it is an event.
	 */
	@Nullable ConnectionEvent removeEvent() {
		boolean next = !this.events.isEmpty()
				&& (this.messages.isEmpty() || this.events.headSequence() < this.messages.element().sequence());
		return next ? this.events.remove() : null;
	}

	@Nullable Message removeOldest() {
		Received oldest = this.messages.poll();
		return (oldest != null) ? forget(oldest.message()) : null;
	}

	/**
	 * Take the newest message out if it is a segment's and there would be too many
	 * without it.
	 */
	@Nullable Message removeBeyond(Segment segment) {
		Received newest = this.messages.peekLast();
		if (newest == null || newest.segment() != segment) {
			return null;
		}
		boolean beyond = this.count > this.settings.capacity()
				|| this.bytes - newest.message().sizeInBytes() >= this.settings.maxBytes();
		return beyond ? forget(this.messages.removeLast().message()) : null;
	}

	Amount inbound() {
		return new Amount(this.count, this.bytes);
	}

	int waitingEvents() {
		return this.events.size();
	}

	/**
	 * A message that waits.
	 *
	 * @param sequence its place in the order of all things that happened
	 * @param segment of the socket it came from
	 * @param message the message
	 */
	private record Received(long sequence, Segment segment, Message message) {
	}

}
