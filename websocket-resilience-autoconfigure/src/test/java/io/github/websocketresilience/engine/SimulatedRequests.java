package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.RequestFailedException.Reason;
import io.github.websocketresilience.engine.SimulatedNetwork.Written;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a simulation's user, and what is known of each: which socket took it,
 * which reply is the right one, what its future said. A request is
 * <code>{"/id":&lt;id&gt;,"n":&lt;number of the message&gt;}</code>.
 */
final class SimulatedRequests implements SimulatedNetwork.Requesters {

	private final Simulation simulation;

	private final RandomGenerator random;

	private final SentMessages sent;

	private final List<Asked> all = new ArrayList<>();

	private final Set<String> recognized = new HashSet<>();

	private int takenSeen;

	private int generated;

	private int accepted;

	private int unfinished;

	private int doubtful;

	private int everDoubtful;

	private int certain;

	SimulatedRequests(Simulation simulation, RandomGenerator random, SentMessages sent) {
		this.simulation = simulation;
		this.random = random;
		this.sent = sent;
	}

	/**
	 * Return the id in a request.
	 */
	static String idIn(String request) {
		int begin = request.indexOf("\"/id\":") + 6;
		return request.substring(begin, request.indexOf(',', begin));
	}

	boolean areConfigured() {
		return this.simulation.settings().request().id() != null;
	}

	/**
	 * Send the next request.
	 * @param completed told when its future is done
	 */
	Asked send(Runnable completed) {
		int number = this.sent.addRequest();
		String id = (this.random.nextInt(6) == 0) ? "\"k" + this.random.nextInt(4) + "\"" : null;
		Asked asked = new Asked(number, id, (id != null) ? id : String.valueOf(++this.generated),
				this.simulation.now());
		int before = this.simulation.connection().snapshot().pendingRequests();
		boolean duplicate = id != null && this.all.stream().anyMatch((other) -> id.equals(other.id));
		this.all.add(asked);
		String text = "{" + ((id != null) ? "\"/id\":" + id + "," : "") + "\"n\":" + number + "}";
		CompletableFuture<Message> future = this.simulation.connection().request(text);
		asked.future = future;
		asked.accepted = this.simulation.connection().snapshot().pendingRequests() > before;
		Reason refusal = (before >= this.simulation.settings().request().maxPending()) ? Reason.TOO_MANY_PENDING : null;
		Invariant.require(asked.accepted || refusal != null || duplicate, "13: request %s was refused", number);
		Invariant.require(!asked.accepted || refusal == null, "13: request %s is one too many", number);
		this.accepted += asked.accepted ? 1 : 0;
		this.unfinished++;
		future.whenComplete((reply, failure) -> {
			this.simulation.guard(() -> completed(asked, reply, failure));
			if (!asked.cancelled) {
				completed.run();
			}
		});
		return asked;
	}

	/**
	 * Cancel one that is not done.
	 */
	String cancel() {
		List<Asked> open = this.all.stream().filter((asked) -> asked.isOpen()).toList();
		if (open.isEmpty()) {
			return "cancels nothing";
		}
		sync();
		Asked asked = open.get(this.random.nextInt(open.size()));
		asked.cancelled = true;
		asked.future().cancel(true);
		return "cancels request " + asked.number;
	}

	private void completed(Asked asked, @Nullable Message reply, @Nullable Throwable failure) {
		this.simulation.trace()
			.add("request " + asked.number + " completes: " + ((failure != null) ? failure.getMessage() : reply));
		Invariant.require(asked.outcome == null, "13: request %s completes twice", asked.number);
		this.unfinished--;
		sync();
		asked.outcome = (reply != null) ? "reply" : String.valueOf(failure);
		if (reply instanceof Message.Text text) {
			answered(asked, text.text());
		}
		else if (failure instanceof RequestFailedException failed) {
			failed(asked, failed.reason());
		}
		else {
			Invariant.require(failure instanceof CancellationException && asked.cancelled, "13: request %s: %s",
					asked.number, failure);
		}
		if (!asked.cancelled) {
			// A cancelled one may have had its reply before: that stays unknown.
			this.doubtful -= asked.doubtful.size();
			this.simulation.user().requireOutside(Group.COMPLETIONS);
		}
	}

	private void answered(Asked asked, String reply) {
		if (asked.doubtful.remove(reply)) {
			this.doubtful--;
			this.recognized.add(reply);
			asked.expected = reply;
		}
		Invariant.require(reply.equals(asked.expected), "13: request %s got %s, not %s", asked.number, reply,
				asked.expected);
	}

	private void failed(Asked asked, Reason reason) {
		Invariant.require(asked.expected == null, "13: request %s fails with %s after its reply", asked.number, reason);
		long timeout = this.simulation.settings().request().timeout().toNanos();
		boolean honest = switch (reason) {
			case DISCONNECTED ->
				asked.socket > 0 && this.simulation.network().attempts().get(asked.socket - 1).socket().isEnded();
			case TIMED_OUT -> this.simulation.now() - asked.at >= timeout;
			case NOT_SENT -> asked.socket == 0;
			case TOO_MANY_PENDING, DUPLICATE_ID -> !asked.accepted;
		};
		Invariant.require(honest, "13: request %s, taken by socket %s, fails with %s", asked.number, asked.socket,
				reason);
	}

	/**
	 * Decide whether what is about to be read must be recognised as the reply of a
	 * request: of one that this socket took, and that waits. At its deadline it may be.
	 */
	@Override
	public void replied(int socket, String id, String reply) {
		sync();
		boolean ended = this.simulation.network().attempts().get(socket - 1).socket().isEnded();
		for (Asked asked : this.all) {
			if (ended || asked.socket != socket || !id.equals(asked.id) || !asked.isOpen() || asked.expected != null) {
				continue;
			}
			long left = asked.at + this.simulation.settings().request().timeout().toNanos() - this.simulation.now();
			if (left > 0) {
				asked.expected = reply;
				this.recognized.add(reply);
				this.certain++;
			}
			else if (left == 0 || this.simulation.time().wasStalled()) {
				asked.doubtful.add(reply);
				this.doubtful++;
				this.everDoubtful++;
			}
		}
	}

	@Override
	public String anyId() {
		sync();
		List<Asked> some = this.all.stream().filter((asked) -> asked.accepted && asked.isOpen()).toList();
		if (some.isEmpty() || this.random.nextInt(4) == 0) {
			some = this.all;
		}
		return some.isEmpty() ? "none" : some.get(this.random.nextInt(some.size())).likelyId;
	}

	/**
	 * Note what writers have taken.
	 */
	private void sync() {
		List<Written> taken = this.simulation.network().taken();
		for (; this.takenSeen < taken.size(); this.takenSeen++) {
			Written written = taken.get(this.takenSeen);
			if (written.frame() instanceof Transport.Frame.Text text && text.text().startsWith("{")) {
				int number = SentMessages.numberIn(written.frame());
				for (Asked asked : this.all) {
					if (asked.number == number) {
						asked.id = idIn(text.text());
						asked.socket = written.socket();
						Invariant.require(!asked.cancelled, "13: request %s is written after its cancellation", number);
					}
				}
			}
		}
	}

	/**
	 * A listener was told a message.
	 */
	void delivered(String text) {
		Invariant.require(!this.recognized.contains(text), "13: listeners are told the reply %s", text);
	}

	/**
	 * Return how many requests were sent and not refused at once.
	 */
	int accepted() {
		return this.accepted;
	}

	/**
	 * Return how many futures have not completed.
	 */
	int unfinished() {
		return this.unfinished;
	}

	/**
	 * Return how many replies must have been recognised.
	 */
	int recognized() {
		return this.recognized.size();
	}

	/**
	 * Return how many more replies may have been recognised.
	 */
	int doubtful() {
		return this.doubtful;
	}

	/**
	 * Return how many replies, of those that were read, may have been recognised.
	 */
	int possible() {
		return this.certain + this.everDoubtful;
	}

	/**
	 * Return how many requests wait, for a writer or for their reply.
	 */
	int waiting() {
		return (int) this.all.stream().filter((asked) -> asked.accepted && asked.isOpen()).count();
	}

	/**
	 * Return how many wait for a reply though the socket that took them has ended.
	 */
	int orphans() {
		sync();
		List<SimulatedAttempt> attempts = this.simulation.network().attempts();
		return (int) this.all.stream()
			.filter((asked) -> asked.isOpen() && asked.socket > 0 && attempts.get(asked.socket - 1).socket().isEnded())
			.count();
	}

	/**
	 * Return when the oldest of those that wait was sent, now if none does.
	 */
	long oldestAt() {
		return this.all.stream()
			.filter((asked) -> asked.accepted && asked.isOpen())
			.mapToLong((asked) -> asked.at)
			.min()
			.orElse(this.simulation.now());
	}

	/**
	 * A request.
	 */
	static final class Asked {

		private final int number;

		private final long at;

		private final List<String> doubtful = new ArrayList<>();

		// What it will be, unless a number was left out.
		private final String likelyId;

		private @Nullable String id;

		private boolean accepted;

		private int socket;

		private @Nullable String expected;

		private boolean cancelled;

		private @Nullable String outcome;

		private @Nullable CompletableFuture<Message> future;

		private Asked(int number, @Nullable String id, String likelyId, long at) {
			this.likelyId = likelyId;
			this.number = number;
			this.id = id;
			this.at = at;
		}

		int number() {
			return this.number;
		}

		CompletableFuture<Message> future() {
			return (this.future != null) ? this.future : new CompletableFuture<>();
		}

		private boolean isOpen() {
			return this.outcome == null && !this.cancelled;
		}

	}

}
