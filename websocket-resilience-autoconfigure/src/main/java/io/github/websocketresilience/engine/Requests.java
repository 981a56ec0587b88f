package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.RequestFailedException.Reason;
import io.github.websocketresilience.SendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for their replies, by id. A request belongs to the socket that it
 * was begun to be written to: only there a reply can be one to it, and it fails when that
 * socket ends. Before, it is a message of the queue like any other.
 */
final class Requests {

	// What the reader of an absent value in JSON may have got instead: serializers write
	// absent ids that way.
	private static final String NULL = "null";

	private final ManagedConnection connection;

	private final Request settings;

	private final @Nullable JsonCodec json;

	private final JsonCodec.@Nullable Place id;

	private final JsonCodec.@Nullable Place replyId;

	private final Completions completions;

	private final Outbound outbound;

	private final Timer timer;

	private final ReentrantLock lock = new ReentrantLock();

	// In the order of their deadlines: all have the same time.
	private final Map<String, Pending> pending = new LinkedHashMap<>();

	private volatile boolean awaited;

	private long lastNumber;

	Requests(ManagedConnection connection, Completions completions, Outbound outbound) {
		this.connection = connection;
		this.settings = connection.settings().request();
		this.json = connection.hooks().json();
		this.completions = completions;
		this.outbound = outbound;
		this.timer = connection.newTimer("request", this::expire);
		if (this.settings.id() != null && this.json == null) {
			throw new InvalidSettingException("request.id", null, "be used with Jackson on the class path");
		}
		this.id = place(this.settings.id(), this.json);
		this.replyId = place(this.settings.replyId(), this.json);
	}

	/**
	 * Send a request.
	 * @param request a text, or a value to write as JSON
	 * @return completes with the reply
	 */
	CompletableFuture<Message> send(Object request) {
		if (this.id == null || this.json == null) {
			throw new IllegalStateException("connection '" + this.connection.name()
					+ "' needs 'request.id' for requests: a JSON pointer to their id, '/id' for one");
		}
		String text = text(request, this.json);
		String id = this.id.valueIn(text);
		if (id != null && !id.equals(NULL)) {
			return send(text, id);
		}
		long number = newNumber();
		return send(this.id.withNumber(text, number), String.valueOf(number));
	}

	private static JsonCodec.@Nullable Place place(@Nullable String pointer, @Nullable JsonCodec json) {
		return (pointer != null && json != null) ? json.at(pointer) : null;
	}

	private static String text(Object request, JsonCodec json) {
		if (request instanceof Message.Text text) {
			return text.text();
		}
		if (request instanceof Message.Binary) {
			throw new IllegalArgumentException("a request is JSON and cannot be a binary message");
		}
		return (request instanceof String text) ? text : json.write(request);
	}

	/**
	 * Return a number that is nobody's id, unless a user takes it as one this moment.
	 */
	private long newNumber() {
		this.lock.lock();
		try {
			do {
				this.lastNumber++;
			}
			while (this.pending.containsKey(String.valueOf(this.lastNumber)));
			return this.lastNumber;
		}
		finally {
			this.lock.unlock();
		}
	}

	private CompletableFuture<Message> send(String text, String id) {
		Message message = new Message.Text(text);
		Pending added;
		Reason refusal;
		boolean first;
		this.lock.lock();
		try {
			long deadline = this.connection.time().nanoTime() + this.settings.timeout().toNanos();
			added = new Pending(message, id, deadline);
			refusal = refusal(id);
			first = this.pending.isEmpty();
			if (refusal == null) {
				this.pending.put(id, added);
				this.awaited = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.outbound.announce(message, true, added.reply);
		if (refusal != null) {
			fail(List.of(added), refusal);
		}
		else {
			send(added, first);
		}
		return added.reply;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // both are told to the request
	private void send(Pending added, boolean first) {
		if (first) {
			this.connection.submit(this::expire);
		}
		added.message.future().whenComplete((sent, failure) -> added.notSent(failure));
		added.reply.whenComplete((reply, failure) -> added.withdraw());
		this.outbound.offer(added.message);
	}

	private @Nullable Reason refusal(String id) {
		if (this.pending.containsKey(id)) {
			return Reason.DUPLICATE_ID;
		}
		return (this.pending.size() >= this.settings.maxPending()) ? Reason.TOO_MANY_PENDING : null;
	}

	/**
	 * The reader: recognise a reply, and complete its request.
	 * @return whether it is one
	 */
	boolean isReply(ConnectionAttempt attempt, Message message) {
		if (!this.awaited || this.replyId == null || !(message instanceof Message.Text text)) {
			return false;
		}
		String id = this.replyId.valueIn(text.text());
		Pending answered = (id != null) ? removeAnswered(attempt, id) : null;
		if (answered != null) {
			this.completions.complete(answered.reply, message);
		}
		return answered != null;
	}

	private @Nullable Pending removeAnswered(ConnectionAttempt attempt, String id) {
		this.lock.lock();
		try {
			Pending candidate = this.pending.get(id);
			boolean answered = candidate != null && candidate.attempt == attempt;
			return answered ? remove(id) : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Pending remove(String id) {
		Pending removed = this.pending.remove(id);
		this.awaited = !this.pending.isEmpty();
		return removed;
	}

	private boolean remove(Pending done) {
		this.lock.lock();
		try {
			return this.pending.get(done.id) == done && remove(done.id) != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Pending> removeIf(Predicate<Pending> condition) {
		List<Pending> removed = new ArrayList<>(0);
		this.lock.lock();
		try {
			Iterator<Pending> all = this.pending.values().iterator();
			while (all.hasNext()) {
				Pending next = all.next();
				if (condition.test(next)) {
					all.remove();
					removed.add(next);
				}
			}
			this.awaited = !this.pending.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		return removed;
	}

	/**
	 * A socket has ended: what was written to it fails.
	 */
	void ended(ConnectionAttempt attempt) {
		if (this.awaited) {
			fail(removeIf((request) -> request.attempt == attempt), Reason.DISCONNECTED);
		}
	}

	/**
	 * A new run has begun. Requests of the one before may still be on their way out, so
	 * the next one would not be the first that waits.
	 */
	void begun() {
		expire();
	}

	/**
	 * The connection is closed: whatever has not failed yet is about to.
	 */
	void closed() {
		this.timer.cancel();
	}

	private void expire() {
		long now = this.connection.time().nanoTime();
		fail(removeIf((request) -> request.deadline - now <= 0), Reason.TIMED_OUT);
		long next = timeToNext(now);
		if (next > 0 && !this.connection.isClosed()) {
			this.timer.arm(next);
		}
	}

	private long timeToNext(long now) {
		this.lock.lock();
		try {
			return this.pending.isEmpty() ? 0 : this.pending.values().iterator().next().deadline - now;
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			return this.pending.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void fail(List<Pending> requests, Reason reason) {
		if (!requests.isEmpty()) {
			this.completions.fail(requests.stream().map((request) -> request.reply).toList(), failure(reason, null));
		}
	}

	private RequestFailedException failure(Reason reason, @Nullable Throwable cause) {
		String what = switch (reason) {
			case NOT_SENT -> "the request was not sent";
			case TOO_MANY_PENDING -> this.settings.maxPending() + " requests wait for a reply ('request.max-pending')";
			case DUPLICATE_ID -> "another request with the same id waits for a reply";
			case TIMED_OUT -> "no reply within 'request.timeout' (" + Texts.seconds(this.settings.timeout()) + ")";
			case DISCONNECTED -> "the socket ended before the reply; the peer may have acted on the request or not";
		};
		return new RequestFailedException(reason, "connection '" + this.connection.name() + "': " + what, cause);
	}

	/**
	 * A request that waits for its reply.
	 */
	final class Pending {

		private final String id;

		private final long deadline;

		private final Outgoing message;

		private final CompletableFuture<Message> reply = new CompletableFuture<>();

		private volatile @Nullable ConnectionAttempt attempt;

		private Pending(Message message, String id, long deadline) {
			this.id = id;
			this.deadline = deadline;
			this.message = new Outgoing(message, null, deadline, this);
		}

		/**
		 * The writer is about to write it. If its socket has been given up meanwhile,
		 * nobody will come to fail it.
		 */
		void begun(ConnectionAttempt attempt) {
			this.attempt = attempt;
			if (attempt.isDisowned() && remove(this)) {
				fail(List.of(this), Reason.DISCONNECTED);
			}
		}

		/**
		 * Its message failed. Called by a worker.
		 */
		private void notSent(@Nullable Throwable failure) {
			if (failure != null && remove(this)) {
				Reason reason = reasonOf(failure);
				// Its own text says more of the others than that of the message.
				this.reply.completeExceptionally(failure(reason, (reason == Reason.NOT_SENT) ? failure : null));
			}
		}

		private Reason reasonOf(Throwable failure) {
			return switch (((SendFailedException) failure).reason()) {
				case EXPIRED -> Reason.TIMED_OUT;
				case LOST_IN_FLIGHT -> Reason.DISCONNECTED;
				default -> Reason.NOT_SENT;
			};
		}

		/**
		 * The future was completed, by us or by the user: to write what still waits would
		 * be pointless.
		 */
		private void withdraw() {
			remove(this);
			if (this.attempt == null && !this.message.future().isDone()) {
				Requests.this.outbound.withdraw(this.message);
			}
		}

	}

}
