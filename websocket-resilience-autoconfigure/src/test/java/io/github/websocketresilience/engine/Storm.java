package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;

/**
 * Many connections to one server, in simulated time: they lose it in the same instant,
 * and find it when it is back.
 */
final class Storm {

	private final SimulatedWorld world;

	private final List<Client> clients = new ArrayList<>();

	private boolean serving = true;

	private long lostAt;

	Storm(long seed, int connections, Reconnect reconnect) {
		this.world = SimulatedWorld.of(seed);
		this.world.network()
			.otherwise(
					() -> this.serving ? new Script() : Script.refusing(Disconnect.of(Kind.CONNECT_FAILED, "refused")));
		for (int i = 0; i < connections; i++) {
			this.clients.add(new Client("number-" + i, reconnect));
		}
	}

	/**
	 * Start all connections and let them prove stable.
	 */
	void open() {
		this.clients.forEach((client) -> client.connection.start());
		advance(Duration.ofMinutes(1));
	}

	/**
	 * The server ends all sockets, and refuses from now on.
	 */
	void loseServer() {
		this.serving = false;
		this.lostAt = this.world.time().elapsed();
		this.clients.forEach(Client::forget);
		this.world.network().attempts().forEach((attempt) -> attempt.socket().breaks());
		this.world.settle();
	}

	/**
	 * The server accepts again.
	 */
	void returnServer() {
		this.serving = true;
	}

	void advance(Duration duration) {
		this.world.advance(duration);
	}

	/**
	 * Return how long after the loss each connection made an attempt.
	 * @param wave which of its attempts, from 1
	 * @return nanoseconds, in order, of those that made so many
	 */
	long[] wave(int wave) {
		return times(this.clients.stream()
			.filter((client) -> client.attempts.size() >= wave)
			.mapToLong((client) -> client.attempts.get(wave - 1)));
	}

	/**
	 * Return how long each connection waited before an attempt.
	 * @param wave which of its attempts, from 1
	 * @return nanoseconds, in order
	 */
	long[] delays(int wave) {
		return this.clients.stream().mapToLong((client) -> client.delay(wave)).sorted().toArray();
	}

	/**
	 * Return how long after the loss each connection made an attempt, all attempts of
	 * all.
	 * @return nanoseconds, in order
	 */
	long[] attempts() {
		return times(
				this.clients.stream().flatMapToLong((client) -> client.attempts.stream().mapToLong(Long::longValue)));
	}

	/**
	 * Return how long after the loss each connection was open again.
	 * @return nanoseconds, in order, of those that are
	 */
	long[] opens() {
		return times(this.clients.stream().flatMapToLong((client) -> client.opens.stream().mapToLong(Long::longValue)));
	}

	/**
	 * Return how many connections are in a state.
	 */
	long count(ConnectionState state) {
		return this.clients.stream().filter((client) -> client.connection.state() == state).count();
	}

	private long[] times(LongStream times) {
		return times.map((at) -> at - this.lostAt).sorted().toArray();
	}

	/**
	 * One connection, and when it made its attempts.
	 */
	private final class Client {

		private final List<Long> attempts = new ArrayList<>();

		private final List<Long> opens = new ArrayList<>();

		private final ManagedConnection connection;

		private Client(String name, Reconnect reconnect) {
			ConnectionSettings settings = ConnectionSettings.builder(name, URI.create("ws://feed.example.com/ws"))
				.reconnect(reconnect)
				.build();
			this.connection = new ManagedConnection(settings, Storm.this.world.ports(), new Hooks(
					new StandardReconnectPolicy(), List.of(), List.of(), List.of(this::note), List.of(), null));
		}

		private void note(ConnectionEvent event) {
			if (event instanceof ConnectionEvent.Attempted) {
				this.attempts.add(Storm.this.world.time().elapsedAt(event.at()));
			}
			if (event instanceof ConnectionEvent.Opened) {
				this.opens.add(Storm.this.world.time().elapsedAt(event.at()));
			}
		}

		private void forget() {
			this.attempts.clear();
			this.opens.clear();
		}

		private long delay(int wave) {
			long failedAt = (wave == 1) ? Storm.this.lostAt : this.attempts.get(wave - 2) + Script.MS;
			return this.attempts.get(wave - 1) - failedAt;
		}

	}

}
