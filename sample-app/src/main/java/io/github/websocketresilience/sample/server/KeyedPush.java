package io.github.websocketresilience.sample.server;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Acknowledges the first message and heartbeats, and pushes to each key what is new.
 */
@Component
class KeyedPush implements Dialect {

	static final String KEY = "key";

	private static final Set<String> MESSAGES = Set.of("hello", "now");

	private final Sockets sockets;

	private final Json json;

	private long sequence;

	KeyedPush(Sockets sockets, Json json) {
		this.sockets = sockets;
		this.json = json;
	}

	@Override
	public void received(ClientSocket socket, String text) throws UnspeakableException {
		if (!MESSAGES.contains(this.json.read(text).path("message").asString(""))) {
			throw new UnspeakableException("'message' must be 'hello' or 'now'");
		}
		socket.send(this.json.write(Map.of("message", "ack", KEY, key(socket))));
	}

	@Scheduled(fixedRate = 2000)
	void push() throws UnspeakableException {
		this.sequence++;
		for (ClientSocket socket : this.sockets.of(this)) {
			socket.send(this.json.write(Map.of("message", "push", KEY, key(socket), "sequence", this.sequence)));
		}
	}

	private static String key(ClientSocket socket) {
		return Objects.requireNonNull(socket.parameter(KEY));
	}

}
