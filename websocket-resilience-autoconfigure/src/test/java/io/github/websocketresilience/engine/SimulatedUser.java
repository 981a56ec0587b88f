package io.github.websocketresilience.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
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

	private final SentMessages sent;

	private final SimulatedRequests requests;

	private final List<CompletableFuture<Void>> closes = new ArrayList<>();

	private final List<Stop> stops = new ArrayList<>();

	private int delivered;

	private int sentInside;

	private long commands;

	private long starts;

	private long closedAt;

	private boolean wantsOpen;

	SimulatedUser(Simulation simulation, RandomGenerator random, DeliveryOrder order) {
		this.simulation = simulation;
		this.random = random;
		this.order = order;
		this.sent = new SentMessages(simulation);
		this.requests = new SimulatedRequests(simulation, random, this.sent);
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
		if (strikes(Fault.USER_STOPS)) {
			stop();
			return "stops";
		}
		if (strikes(Fault.USER_RESTARTS)) {
			close();
			return start() + " again after a close";
		}
		if (strikes(Fault.USER_RECONNECTS)) {
			reconnect();
			return "reconnects";
		}
		if (strikes(Fault.USER_RENEWS)) {
			renew();
			return "renews";
		}
		if (strikes(Fault.USER_FLOODS)) {
			return sendMany();
		}
		if (this.requests.areConfigured() && strikes(Fault.USER_CANCELS)) {
			return this.requests.cancel();
		}
		if (this.requests.areConfigured() && this.random.nextInt(3) == 0) {
			int count = 1 + this.random.nextInt(3);
			for (int i = 0; i < count; i++) {
				request();
			}
			return "sends " + count + " requests";
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
		String key = strikes(Fault.USER_SENDS_KEYS) ? "key " + this.random.nextInt(2) : null;
		int number = this.sent.add(key);
		String text = "u" + number + " " + "x".repeat(padding);
		Message message = strikes(Fault.USER_SENDS_BINARY) ? new Message.Binary(text.getBytes(StandardCharsets.UTF_8))
				: new Message.Text(text);
		CompletableFuture<Void> future = (key != null) ? this.simulation.connection().send(message, key)
				: this.simulation.connection().send(message);
		future.whenComplete((ignored, failure) -> {
			this.simulation.guard(() -> completed(number, failure));
			misbehaveCompleted();
		});
		return "sends u" + number + ((key != null) ? " with " + key : "");
	}

	private void completed(int number, @Nullable Throwable failure) {
		this.simulation.trace().add("u" + number + " completes: " + ((failure != null) ? reasonOf(failure) : "sent"));
		this.sent.completed(number, (failure != null) ? reasonOf(failure) : null);
		requireOutside(Group.COMPLETIONS);
	}

	private void misbehaveCompleted() {
		if (this.sentInside < 50 && strikes(Fault.COMPLETION_SENDS)) {
			this.sentInside++;
			send(0);
		}
		if (this.sentInside < 50 && this.requests.areConfigured() && strikes(Fault.COMPLETION_JOINS_REQUEST)) {
			this.sentInside++;
			joinRequest();
		}
	}

	private SimulatedRequests.Asked request() {
		return this.requests.send(this::misbehaveCompleted);
	}

	private void joinRequest() {
		SimulatedRequests.Asked asked = request();
		this.simulation.trace().add("user code joins request " + asked.number());
		this.simulation.block(1000 * Script.MS, () -> asked.future().isDone());
	}

	private static Reason reasonOf(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		return ((SendFailedException) cause).reason();
	}

	void requireOutside(Group group) {
		Invariant.require(!this.simulation.connection().inExecutor(), "11: user code inside the serial executor");
		Invariant.require(this.simulation.workers().running() == group, "11: user code of %s runs on %s", group,
				this.simulation.workers().running());
	}

	/**
	 * Messages come on the listeners group or, if it is direct, from the reader of their
	 * own socket.
	 */
	private void requireListenerThread(String message) {
		SimulatedSocket reader = this.simulation.socketReadHere();
		if (reader == null) {
			requireOutside(Group.LISTENERS);
			return;
		}
		String place = DeliveryOrder.placeOf(message);
		Invariant.require(this.simulation.settings().inbound().dispatch() == Dispatch.DIRECT, "11: read thread");
		Invariant.require(place == null || place.startsWith("s" + reader.number() + "-"),
				"11: %s is delivered by the reader of socket %s", message, reader.number());
		Invariant.require(!this.simulation.connection().inExecutor(), "11: user code inside the serial executor");
	}

	String start() {
		this.starts++;
		this.commands++;
		this.wantsOpen = true;
		this.simulation.connection().start();
		return "starts";
	}

	CompletableFuture<Void> close() {
		beginClose();
		this.wantsOpen = false;
		CompletableFuture<Void> result = this.simulation.connection().close();
		this.closes.add(result);
		return result;
	}

	private void beginClose() {
		this.commands++;
		if (this.wantsOpen && this.simulation.connection().state() != ConnectionState.CLOSING) {
			this.closedAt = this.simulation.now();
		}
	}

	/**
	 * Close, and wait for the listeners too.
	 */
	private void stop() {
		beginClose();
		this.wantsOpen = false;
		Stop stop = new Stop(this.simulation.connection().stop(), this.simulation.now(), this.starts);
		this.stops.add(stop);
		long deadline = this.closedAt + this.simulation.settings().closeTimeout().toNanos();
		stop.future().whenComplete((ignored, failure) -> this.simulation.guard(() -> {
			this.simulation.trace().add("stop completes");
			requireOutside(Group.COMPLETIONS);
			boolean delivered = !this.order.isInside() && this.simulation.connection().snapshot().log().messages() == 0;
			Invariant.require(stop.starts() != this.starts || delivered || this.simulation.now() >= deadline,
					"4: stopped before the last listener has returned");
			long held = this.simulation.connection().writing().messages();
			Invariant.require(stop.starts() != this.starts || held == 0, "4: stopped while a writer held %s messages",
					held);
		}));
	}

	void reconnect() {
		this.commands++;
		if (this.simulation.connection().state() == ConnectionState.IDLE) {
			this.starts++;
			this.wantsOpen = true;
		}
		this.simulation.connection().reconnect();
	}

	/**
	 * The attempt that it asks for comes when nobody waits for it any more.
	 */
	private void renew() {
		this.commands++;
		this.simulation.connection().renew();
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
			requireListenerThread(text);
			this.requests.delivered(text);
			this.order.message(text);
		});
		misbehave();
		this.order.returned();
	}

	private void misbehave() {
		// With direct dispatch a reader shall find the log empty, and be away for a short
		// time most often.
		boolean direct = this.simulation.settings().inbound().dispatch() == Dispatch.DIRECT;
		boolean reader = this.simulation.socketReadHere() != null;
		if (strikes(Fault.LISTENER_BLOCKS) && (!direct || reader || this.random.nextInt(8) == 0)) {
			long usual = (reader ? 2 : 100) * Script.MS;
			long longest = (this.random.nextInt(8) == 0) ? 3000 * Script.MS : usual;
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
		if (this.requests.areConfigured() && strikes(Fault.LISTENER_JOINS_REQUEST)) {
			joinRequest();
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

	/**
	 * Return how often the user started.
	 */
	long starts() {
		return this.starts;
	}

	/**
	 * Return what was sent.
	 */
	SentMessages sent() {
		return this.sent;
	}

	SimulatedRequests requests() {
		return this.requests;
	}

	/**
	 * Return the messages whose futures have not completed.
	 */
	SortedSet<Integer> unfinished() {
		return this.sent.unfinished();
	}

	/**
	 * Return how many messages were delivered.
	 */
	int delivered() {
		return this.delivered;
	}

	List<CompletableFuture<Void>> closes() {
		return this.closes;
	}

	List<Stop> stops() {
		return this.stops;
	}

	/**
	 * A close that waits for listeners.
	 *
	 * @param future its future
	 * @param at when it began
	 * @param starts how often the user had started by then
	 */
	record Stop(CompletableFuture<Void> future, long at, long starts) {
	}

}
