package io.github.websocketresilience.test.faults.soak;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

/**
 * Numbers what a connection sends: messages, messages that replace one another, and
 * requests, each with numbers of their own.
 */
final class Outbox {

	private static final String PAD = "x".repeat(100);

	private final WebSocketConnection connection;

	private final Outcomes messages = new Outcomes();

	private final Outcomes replaceable = new Outcomes();

	private final Outcomes requests = new Outcomes();

	private long wrongReplies;

	Outbox(WebSocketConnection connection) {
		this.connection = connection;
	}

	/**
	 * Send one of each.
	 */
	synchronized void send() {
		send(PAD);
		int number = this.replaceable.begin();
		settle(this.connection.send(new Message.Text("k:" + number), "key"), this.replaceable, number);
		if (this.connection.settings().request().id() != null) {
			request();
		}
	}

	/**
	 * Send many at once.
	 * @param count how many
	 * @param size of each, in characters
	 */
	synchronized void burst(int count, int size) {
		String pad = "x".repeat(size);
		for (int i = 0; i < count; i++) {
			send(pad);
		}
	}

	private void send(String pad) {
		int number = this.messages.begin();
		settle(this.connection.send("m:" + number + ":" + pad), this.messages, number);
	}

	private void request() {
		int number = this.requests.begin();
		CompletableFuture<Message> reply = this.connection.request(Map.of("r", number));
		settle(reply, this.requests, number);
		reply.thenAccept((message) -> check(number, ((Message.Text) message).text()));
	}

	private synchronized void check(int number, String reply) {
		this.wrongReplies += reply.contains("\"r\":" + number + "}") ? 0 : 1;
	}

	private static void settle(CompletableFuture<?> future, Outcomes outcomes, int number) {
		future.whenComplete((result, failure) -> outcomes.end(number, failure));
	}

	int pending() {
		return this.messages.pending() + this.replaceable.pending() + this.requests.pending();
	}

	synchronized Map<String, Object> report() {
		return Map.of("m", this.messages.letters(), "k", this.replaceable.letters(), "r", this.requests.letters(),
				"wrongReplies", this.wrongReplies);
	}

}
