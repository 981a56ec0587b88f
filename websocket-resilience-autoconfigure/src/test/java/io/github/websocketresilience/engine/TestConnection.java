package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.ReconnectPolicy;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ManagedConnection} in simulated time over a {@link ManualTransport}, with an
 * observer and a listener that write everything down. Its settings are the defaults, but
 * without jitter.
 */
final class TestConnection {

	static final Duration NANO = Duration.ofNanos(1);

	private final SimulatedWorld world = SimulatedWorld.of(1);

	private final RecordingTime time = new RecordingTime(this.world.time());

	private final ListenerGate gate = new ListenerGate(this.world.workers());

	private final ManualTransport transport = new ManualTransport(this.world.workers());

	private final List<ConnectionEvent> events = new ArrayList<>();

	private final List<String> heard = new ArrayList<>();

	private final List<HandshakeCustomizer> customizers = new ArrayList<>();

	private final List<ConnectionListener> listeners = new ArrayList<>(List.of(new Recorder()));

	private final List<ConnectionObserver> observers = new ArrayList<>(List.of(this.events::add));

	private final List<DeliveryInterceptor> interceptors = new ArrayList<>();

	private final List<MessageObserver> messageObservers = new ArrayList<>();

	private final ConnectionSettings.Builder settings = ConnectionSettings
		.builder("prices", URI.create("ws://feed.example.com/ws"))
		.reconnect(new Reconnect(true, Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 0, -1,
				Duration.ofSeconds(10), Set.of(), Set.of()));

	private ReconnectPolicy policy = new StandardReconnectPolicy();

	private @Nullable JsonCodec json;

	private @Nullable Supplier<List<URI>> addresses;

	private @Nullable ManagedConnection connection;

	TestConnection settings(Consumer<ConnectionSettings.Builder> change) {
		change.accept(this.settings);
		return this;
	}

	TestConnection policy(ReconnectPolicy policy) {
		this.policy = policy;
		return this;
	}

	TestConnection customizer(HandshakeCustomizer customizer) {
		this.customizers.add(customizer);
		return this;
	}

	TestConnection listener(ConnectionListener listener) {
		this.listeners.add(listener);
		return this;
	}

	TestConnection observer(ConnectionObserver observer) {
		this.observers.add(observer);
		return this;
	}

	TestConnection interceptor(DeliveryInterceptor interceptor) {
		this.interceptors.add(interceptor);
		return this;
	}

	TestConnection messageObserver(MessageObserver observer) {
		this.messageObservers.add(observer);
		return this;
	}

	TestConnection json(JsonCodec json) {
		this.json = json;
		return this;
	}

	TestConnection addresses(Supplier<List<URI>> addresses) {
		this.addresses = addresses;
		return this;
	}

	/**
	 * From now on what is drawn is drawn from something else than the seed.
	 */
	TestConnection random(RandomGenerator random) {
		this.time.random(random);
		return this;
	}

	/**
	 * Return the connection, which is made when it is first asked for.
	 */
	ManagedConnection engine() {
		ManagedConnection result = this.connection;
		if (result == null) {
			Hooks hooks = new Hooks(this.policy, this.customizers, this.listeners, this.observers, this.interceptors,
					this.messageObservers, this.json, this.addresses);
			Ports ports = new Ports(this.transport, this.time, this.gate);
			result = new ManagedConnection(this.settings.build(), ports, hooks);
			this.connection = result;
		}
		return result;
	}

	/**
	 * Start, or start again.
	 * @return the attempt that follows
	 */
	ManualAttempt start() {
		engine().start();
		settle();
		return this.transport.attempt();
	}

	/**
	 * Let the newest attempt start, prepare and open.
	 */
	ManualSocket open() {
		ManualAttempt attempt = this.transport.attempt();
		attempt.starts();
		attempt.prepares();
		ManualSocket socket = attempt.opens();
		settle();
		return socket;
	}

	/**
	 * Run everything that is ready now.
	 */
	void settle() {
		this.world.settle();
	}

	void advance(Duration duration) {
		this.world.advance(duration);
	}

	/**
	 * Let time pass until one nanosecond before.
	 */
	void almost(Duration duration) {
		advance(duration.minus(NANO));
	}

	/**
	 * Let one nanosecond pass.
	 */
	void nano() {
		advance(NANO);
	}

	/**
	 * From now on listeners get no thread, as if one of them blocked.
	 */
	void blockListeners() {
		this.gate.block();
	}

	/**
	 * Listeners get their thread.
	 */
	void releaseListeners() {
		this.gate.open();
		settle();
	}

	/**
	 * Let the connection not be retained, which the port forbids.
	 */
	void breakRetain(boolean broken) {
		this.gate.breakRetain(broken);
	}

	RecordingTime time() {
		return this.time;
	}

	SimulatedTime clock() {
		return this.world.time();
	}

	SimulatedWorkers workers() {
		return this.world.workers();
	}

	ManualTransport transport() {
		return this.transport;
	}

	/**
	 * Return what observers saw.
	 */
	List<ConnectionEvent> events() {
		return this.events;
	}

	/**
	 * Return the events of one type that observers saw.
	 */
	<T extends ConnectionEvent> List<T> events(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Return what the listener was told: the type of an event, the text of a message.
	 */
	List<String> heard() {
		return this.heard;
	}

	private final class Recorder implements ConnectionListener {

		@Override
		public void onEvent(WebSocketConnection source, ConnectionEvent event) {
			TestConnection.this.heard.add(event.getClass().getSimpleName());
		}

		@Override
		public void onMessage(WebSocketConnection source, Message message) {
			TestConnection.this.heard
				.add((message instanceof Message.Text text) ? text.text() : "binary " + message.sizeInBytes());
		}

	}

}
