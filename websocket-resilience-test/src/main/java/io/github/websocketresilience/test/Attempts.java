package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of attempts to come, and the attempts that came. Safe for many threads.
 */
final class Attempts {

	/** Attempts that are kept. */
	static final int LIMIT = 20_000;

	private static final AttributeKey<Boolean> FORGOTTEN = AttributeKey.valueOf(Attempts.class, "forgotten");

	private final Map<Integer, AttemptScript> scripts = new TreeMap<>();

	private final TreeMap<Integer, ServerConnection> connections = new TreeMap<>();

	private final Changes changes = new Changes();

	private AttemptScript otherwise = new AttemptScript();

	private int count;

	synchronized AttemptScript script(int number) {
		if (number < 1) {
			throw new IllegalArgumentException("Attempts are counted from 1, not " + number);
		}
		return this.scripts.computeIfAbsent(number, (key) -> new AttemptScript());
	}

	synchronized AttemptScript otherwise() {
		return this.otherwise;
	}

	/**
	 * Count an attempt, and answer it as its script says.
	 */
	void begin(HandshakeRequest request, Channel channel) {
		ServerConnection connection = add(request, channel);
		if (connection != null) {
			channel.closeFuture().addListener((future) -> this.changes.signal());
			this.changes.signal();
			connection.begin();
		}
	}

	private synchronized @Nullable ServerConnection add(HandshakeRequest request, Channel channel) {
		if (isForgotten(channel)) {
			return null;
		}
		this.count++;
		AttemptScript script = this.scripts.getOrDefault(this.count, this.otherwise);
		ServerConnection connection = new ServerConnection(this.count, request, channel, script, this.changes);
		this.connections.put(this.count, connection);
		if (this.connections.size() > LIMIT) {
			this.connections.pollFirstEntry();
		}
		return connection;
	}

	static boolean isForgotten(Channel channel) {
		return channel.hasAttr(FORGOTTEN);
	}

	synchronized int count() {
		return this.count;
	}

	synchronized List<ServerConnection> all() {
		return List.copyOf(this.connections.values());
	}

	synchronized @Nullable ServerConnection find(int number) {
		return this.connections.get(number);
	}

	ServerConnection await(int number, Duration timeout) {
		return this.changes.<ServerConnection>await(() -> find(number), timeout,
				() -> "no attempt " + number + ", " + count() + " so far");
	}

	/**
	 * Forget scripts and attempts, and those that come on these sockets. The next attempt
	 * on any other is the first.
	 */
	synchronized void clear(Iterable<Channel> sockets) {
		sockets.forEach((socket) -> socket.attr(FORGOTTEN).set(true));
		this.scripts.clear();
		this.otherwise = new AttemptScript();
		this.connections.clear();
		this.count = 0;
	}

}
