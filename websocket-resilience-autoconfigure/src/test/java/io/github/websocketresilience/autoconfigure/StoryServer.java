package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.websocketresilience.transport.RawServer;

/**
 * A server that lives through a story, and remembers what it saw.
 */
final class StoryServer implements AutoCloseable {

	private final List<RawServer.Connection> accepted = new CopyOnWriteArrayList<>();

	private final List<RawServer.Connection> refused = new CopyOnWriteArrayList<>();

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private volatile boolean refuses;

	private RawServer server = new RawServer(this::serve);

	private final int port = this.server.port();

	private void serve(RawServer.Connection connection) throws Exception {
		if (this.refuses) {
			this.refused.add(connection);
			connection.refuse(401);
			return;
		}
		connection.accept();
		this.accepted.add(connection);
		connection.serve();
	}

	int port() {
		return this.port;
	}

	/**
	 * End all sockets abruptly and listen no more.
	 */
	void kill() {
		this.server.connections().forEach(RawServer.Connection::reset);
		this.server.close();
	}

	void restart() {
		this.server = new RawServer(this.port, this::serve);
	}

	/**
	 * Keep TCP, and say nothing any more.
	 * @return the socket
	 */
	RawServer.Connection fallSilent() {
		RawServer.Connection current = current();
		current.ignorePings();
		current.ignoreClose();
		return current;
	}

	/**
	 * From now on refuse every upgrade as unauthorized, or do not any more.
	 */
	void refuse(boolean refuses) {
		this.refuses = refuses;
	}

	void drop() {
		current().reset();
	}

	void send(String text) throws IOException {
		this.sent.add(text);
		current().sendText(text);
	}

	private RawServer.Connection current() {
		return this.accepted.get(this.accepted.size() - 1);
	}

	int accepted() {
		return this.accepted.size();
	}

	int refused() {
		return this.refused.size();
	}

	List<String> sent() {
		return this.sent;
	}

	/**
	 * Return the messages that were read, of all sockets.
	 */
	List<String> received() {
		return this.accepted.stream().flatMap((connection) -> connection.texts().stream()).toList();
	}

	/**
	 * Return the codes of the close frames that were read, of all sockets.
	 */
	List<Integer> closeCodes() {
		return this.accepted.stream().flatMap((connection) -> connection.closeCodes().stream()).toList();
	}

	/**
	 * Return how many sockets the client still holds.
	 */
	long open() {
		return this.accepted.stream().filter((connection) -> !connection.hasEnded() && !connection.isGone()).count();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
