package io.github.websocketresilience.sample.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The sockets of the server.
 */
@Component
public class Sockets {

	private final Map<String, ClientSocket> byId = new ConcurrentHashMap<>();

	/**
	 * Return how many there are.
	 * @return the number of sockets, silent ones included
	 */
	public int count() {
		return this.byId.size();
	}

	void add(String id, ClientSocket socket) {
		this.byId.put(id, socket);
	}

	Optional<ClientSocket> find(String id) {
		return Optional.ofNullable(this.byId.get(id));
	}

	void remove(String id) {
		this.byId.remove(id);
	}

	List<ClientSocket> all() {
		return List.copyOf(this.byId.values());
	}

	List<ClientSocket> of(Dialect dialect) {
		return matching((socket) -> socket.dialect() == dialect);
	}

	List<ClientSocket> matching(Predicate<ClientSocket> predicate) {
		return this.byId.values().stream().filter(predicate).toList();
	}

	@Scheduled(fixedRate = 50)
	void tick() {
		this.byId.values().forEach(ClientSocket::tick);
	}

}
