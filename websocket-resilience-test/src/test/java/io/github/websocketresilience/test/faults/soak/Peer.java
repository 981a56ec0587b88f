package io.github.websocketresilience.test.faults.soak;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import org.jspecify.annotations.Nullable;

/**
 * The server of one connection.
 */
final class Peer implements AutoCloseable {

	private static final int ADDRESSES = 4;

	private final int number;

	private final ScriptedWebSocketServer server;

	private volatile @Nullable PeerSocket socket;

	/** What is done to the next socket as soon as it is open. */
	private volatile Consumer<PeerSocket> greeting = (socket) -> {
	};

	private boolean untouchable;

	Peer(int number) {
		this.number = number;
		InetSocketAddress address = new InetSocketAddress("127.0.0." + (1 + number % ADDRESSES), 0);
		this.server = Settings.isSecure(number) ? ScriptedWebSocketServer.secure(address)
				: new ScriptedWebSocketServer(address);
		this.server.otherAttempts().then(this::opened);
		this.server.start();
	}

	int number() {
		return this.number;
	}

	/**
	 * Return the name of the client's connection.
	 * @return the name
	 */
	String name() {
		return "c%02d".formatted(this.number);
	}

	ScriptedWebSocketServer server() {
		return this.server;
	}

	private void opened(ServerConnection connection) {
		PeerSocket opened = new PeerSocket(connection, Settings.dialect(this.number));
		this.socket = opened;
		Consumer<PeerSocket> greeting = this.greeting;
		this.greeting = (socket) -> {
		};
		greeting.accept(opened);
	}

	/**
	 * Return the socket, if there is one that has not been broken.
	 * @return the youngest socket
	 */
	@Nullable PeerSocket soundSocket() {
		PeerSocket socket = this.socket;
		return (socket != null && socket.isSound()) ? socket : null;
	}

	void feed() {
		PeerSocket socket = this.socket;
		if (socket != null) {
			socket.feed();
		}
	}

	/**
	 * End the socket, and do something to the attempt that follows.
	 * @param answer how it is answered
	 */
	void breakThen(Consumer<AttemptScript> answer) {
		AttemptScript next = this.server.attempt(this.server.attempts() + 1);
		next.then(this::opened);
		answer.accept(next);
		this.server.dropAll();
	}

	/**
	 * End the socket, and do something to the one that follows as soon as it is open.
	 * @param greeting what to do
	 */
	void breakThenGreet(Consumer<PeerSocket> greeting) {
		this.greeting = greeting;
		this.server.dropAll();
	}

	/**
	 * Whether a fault is under way that wants to be alone.
	 */
	boolean isUntouchable() {
		return this.untouchable;
	}

	void untouchable(boolean untouchable) {
		this.untouchable = untouchable;
	}

	/**
	 * Be a good server from now on.
	 */
	void heal() {
		this.greeting = (socket) -> {
		};
		this.server.attempt(this.server.attempts() + 1).accept();
		this.server.start();
		PeerSocket socket = this.socket;
		if (socket != null && soundSocket() == null) {
			// Whatever was begun on it comes to its end by the client.
			socket.stopFeeding();
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

}
