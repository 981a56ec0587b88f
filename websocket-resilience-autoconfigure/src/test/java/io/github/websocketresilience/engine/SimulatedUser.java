package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.FaultScript.Fault;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.jspecify.annotations.Nullable;

/**
 * The user of a simulation: calls the connection, from outside and from inside listeners
 * and completions, and keeps account. Messages are {@code u<seq>}.
 */
final class SimulatedUser implements ConnectionListener {

	private final Simulation simulation;

	private final RandomGenerator random;

	private final DeliveryOrder order;

	private final List<Fate> fates = new ArrayList<>();

	private final List<Sent> sent = new ArrayList<>();

	private final SortedSet<Integer> unfinished = new TreeSet<>();

	private final List<CompletableFuture<Void>> closes = new ArrayList<>();

	private int delivered;

	private int sentInside;

	private long commands;

	private boolean wantsOpen;

	SimulatedUser(Simulation simulation, RandomGenerator random, DeliveryOrder order) {
		this.simulation = simulation;
		this.random = random;
		this.order = order;
	}

	/**
	 * Do something.
	 * @return what
	 */
	String act() {
		ConnectionState state = this.simulation.connection().state();
		if (!state.isActive() && this.random.nextInt(3) == 0) {
			return start();
		}
		if (strikes(Fault.USER_CLOSES)) {
			close();
			return "closes";
		}
		if (strikes(Fault.USER_RESTARTS)) {
			close();
			return start() + " again after a close";
		}
		if (strikes(Fault.USER_RECONNECTS)) {
			reconnect();
			return "reconnects";
		}
		if (strikes(Fault.USER_FLOODS)) {
			return sendMany();
		}
		return send(strikes(Fault.USER_SENDS_LARGE) ? 1 + this.random.nextInt(200) : this.random.nextInt(16));
	}

	private String sendMany() {
		int count = 2 + this.random.nextInt(10);
		for (int i = 0; i < count; i++) {
			send(0);
		}
		return "sends " + count + " messages";
	}

	/**
	 * Send the next message.
	 * @param padding how much longer than needed
	 * @return what was done
	 */
	String send(int padding) {
		int number = this.sent.size();
		this.unfinished.add(number);
		this.sent.add(new Sent(this.simulation.now(), Math.max(1, this.simulation.workers().runs())));
		String text = "u" + number + " " + "x".repeat(padding);
		CompletableFuture<Void> future = this.simulation.connection().send(new Message.Text(text));
		future.whenComplete((ignored, failure) -> this.simulation.guard(() -> completed(number, failure)));
		return "sends u" + number;
	}

	private void completed(int number, @Nullable Throwable failure) {
		this.simulation.trace().add("u" + number + " completes: " + ((failure != null) ? reasonOf(failure) : "sent"));
		this.unfinished.remove(number);
		requireOutside(Group.COMPLETIONS);
		this.fates.add(new Fate(number, (failure != null) ? reasonOf(failure) : null));
		if (this.sentInside < 50 && strikes(Fault.COMPLETION_SENDS)) {
			this.sentInside++;
			send(0);
		}
	}

	private static Reason reasonOf(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		return ((SendFailedException) cause).reason();
	}

	private void requireOutside(Group group) {
		Invariant.require(!this.simulation.connection().inExecutor(), "11: user code inside the serial executor");
		Invariant.require(this.simulation.workers().running() == group, "11: user code of %s runs on %s", group,
				this.simulation.workers().running());
	}

	String start() {
		this.commands++;
		this.wantsOpen = true;
		this.simulation.connection().start();
		return "starts";
	}

	CompletableFuture<Void> close() {
		this.commands++;
		this.wantsOpen = false;
		CompletableFuture<Void> result = this.simulation.connection().close();
		this.closes.add(result);
		return result;
	}

	void reconnect() {
		this.commands++;
		if (this.simulation.connection().state() == ConnectionState.IDLE) {
			this.wantsOpen = true;
		}
		this.simulation.connection().reconnect();
	}

	@Override
	public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
		this.simulation.trace().add("listener: " + event);
		this.simulation.guard(() -> {
			requireOutside(Group.LISTENERS);
			this.order.event(event);
		});
		misbehave();
		this.order.returned();
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		this.delivered++;
		String text = DeliveryOrder.textOf(message);
		this.simulation.trace().add("listener: message " + text);
		this.simulation.guard(() -> {
			requireOutside(Group.LISTENERS);
			this.order.message(text);
		});
		misbehave();
		this.order.returned();
	}

	private void misbehave() {
		if (strikes(Fault.LISTENER_BLOCKS)) {
			long longest = (this.random.nextInt(8) == 0) ? 3000 * Script.MS : 100 * Script.MS;
			this.simulation.block(this.random.nextLong(longest), () -> false);
		}
		if (strikes(Fault.LISTENER_SENDS)) {
			send(0);
		}
		if (strikes(Fault.LISTENER_RECONNECTS)) {
			reconnect();
		}
		if (strikes(Fault.LISTENER_CLOSES) && this.random.nextInt(4) == 0) {
			close();
		}
		if (strikes(Fault.LISTENER_JOINS_CLOSE) && this.random.nextInt(4) == 0) {
			this.simulation.block(1000 * Script.MS, close()::isDone);
		}
		if (strikes(Fault.LISTENER_STARTS)) {
			start();
		}
		if (strikes(Fault.LISTENER_THROWS)) {
			this.order.returned();
			throw new IllegalStateException("listener");
		}
	}

	private boolean strikes(Fault fault) {
		return this.simulation.faults().strikes(fault);
	}

	/**
	 * Return how often the user started, closed or reconnected.
	 */
	long commands() {
		return this.commands;
	}

	/**
	 * Return whether the last of start and close was start.
	 */
	boolean wantsOpen() {
		return this.wantsOpen;
	}

	int sends() {
		return this.sent.size();
	}

	/**
	 * Return the messages whose futures have not completed.
	 */
	SortedSet<Integer> unfinished() {
		return this.unfinished;
	}

	/**
	 * Return how many messages were delivered.
	 */
	int delivered() {
		return this.delivered;
	}

	/**
	 * Return what became of messages, in the order of completion.
	 */
	List<Fate> fates() {
		return this.fates;
	}

	/**
	 * Return when and where a message was sent.
	 */
	Sent sent(int number) {
		return this.sent.get(number);
	}

	List<CompletableFuture<Void>> closes() {
		return this.closes;
	}

	/**
	 * A message that was sent.
	 *
	 * @param at when
	 * @param run during which run; before the first it waits for that one
	 */
	record Sent(long at, int run) {
	}

	/**
	 * What became of a message.
	 *
	 * @param number its number
	 * @param reason why it failed, or {@code null} if it was sent
	 */
	record Fate(int number, @Nullable Reason reason) {
	}

}
