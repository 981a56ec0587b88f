package io.github.websocketresilience.test.faults.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.Message;

/**
 * Checks what a listener of one connection is told: texts {@code s:<socket>:<number>:},
 * of each socket all numbers from 1 on in order, of no socket any after one of a later
 * one, and none but between its open and its end. Blocks and throws when told to.
 */
final class Inbox {

	private static final int KEPT = 5;

	private final List<String> problems = new ArrayList<>();

	private final AtomicInteger failuresToCome = new AtomicInteger();

	private final AtomicLong blockMillis = new AtomicLong();

	private boolean open;

	private boolean fresh;

	private int socket;

	private long number;

	private long messages;

	private long missing;

	void fail(int times) {
		this.failuresToCome.set(times);
	}

	void block(long millis) {
		this.blockMillis.set(millis);
	}

	synchronized void onEvent(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Opened) {
			expect(!this.open, "opened twice");
			this.open = true;
			this.fresh = true;
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected && disconnected.opened()) {
			expect(this.open, "disconnected twice");
			this.open = false;
		}
	}

	void onMessage(Message message) {
		check(((Message.Text) message).text());
		pass(this.blockMillis.getAndSet(0));
		if (this.failuresToCome.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new IllegalStateException("planned");
		}
	}

	private synchronized void check(String text) {
		if (text.startsWith("{\"id\":")) {
			// A reply whose request had already failed.
			return;
		}
		String[] parts = text.split(":", 4);
		if (!parts[0].equals("s")) {
			expect(false, "not for listeners: " + text);
			return;
		}
		expect(this.open, "message before open or after the end");
		check(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
	}

	private void check(int socket, long number) {
		expect(this.fresh ? (socket > this.socket) : (socket == this.socket),
				"socket " + socket + " after " + this.socket);
		long before = this.fresh ? 0 : this.number;
		expect(number > before, "number " + number + " after " + before);
		this.missing += number - before - 1;
		this.messages++;
		this.fresh = false;
		this.socket = socket;
		this.number = number;
	}

	private void expect(boolean condition, String problem) {
		if (!condition && this.problems.size() < KEPT) {
			this.problems.add(problem);
		}
	}

	private static void pass(long millis) {
		try {
			if (millis > 0 && new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized Map<String, Object> report() {
		return Map.of("received", this.messages, "missing", this.missing, "problems", List.copyOf(this.problems));
	}

}
