package io.github.websocketresilience.sample.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;

/**
 * What the server may do to its clients.
 */
@Component
public class Faults {

	private final Sockets sockets;

	private final QuoteFeed quotes;

	private final Gate gate;

	private final Delay delay;

	private final ServerPort port;

	private final Map<String, Instant> lasting = new ConcurrentHashMap<>();

	Faults(Sockets sockets, QuoteFeed quotes, Gate gate, Delay delay, ServerPort port) {
		this.sockets = sockets;
		this.quotes = quotes;
		this.gate = gate;
		this.delay = delay;
		this.port = port;
	}

	/**
	 * Return the faults that last.
	 * @return them, by name
	 */
	public List<Lasting> lasting() {
		this.lasting.values().removeIf((until) -> until.isBefore(Instant.now()));
		return this.lasting.entrySet().stream().map((it) -> new Lasting(it.getKey(), it.getValue())).sorted().toList();
	}

	Report drop() {
		this.lasting.remove("silence");
		return toAll("drop", null, ClientSocket::drop);
	}

	Report silence(Duration duration) {
		Instant until = last("silence", duration);
		return toAll("silence", until, (socket) -> socket.silence(until));
	}

	Report close(CloseStatus status, @Nullable String key) {
		Predicate<ClientSocket> addressed = (socket) -> key == null || key.equals(socket.parameter(KeyedPush.KEY));
		List<ClientSocket> closed = this.sockets.matching(addressed.and((socket) -> !socket.isSilent()));
		closed.forEach((socket) -> socket.close(status));
		return new Report("close", closed.size(), null);
	}

	Report refuse(HttpStatusCode status, Duration duration) {
		Instant until = last("refuse", duration);
		this.gate.close(status, until);
		return toAll("refuse", until, (socket) -> {
		});
	}

	Report delay(Duration delay, Duration duration) {
		Instant until = last("delay", duration);
		this.delay.set(delay, until);
		return toAll("delay", until, (socket) -> {
		});
	}

	Report flood(int messages) {
		List<ClientSocket> others = this.sockets.matching((socket) -> socket.dialect() != this.quotes);
		for (int i = 1; i <= messages; i++) {
			String text = "{\"message\":\"flood\",\"number\":" + i + "}";
			others.forEach((socket) -> socket.send(text));
			this.quotes.quote();
		}
		return new Report("flood", this.sockets.count(), null);
	}

	Report stop(Duration duration) {
		int count = this.sockets.count();
		Instant until = last("stop", duration);
		this.port.close(until);
		return new Report("stop", count, until);
	}

	private Instant last(String fault, Duration duration) {
		Instant until = Instant.now().plus(duration);
		this.lasting.put(fault, until);
		return until;
	}

	private Report toAll(String fault, @Nullable Instant until, Consumer<ClientSocket> action) {
		List<ClientSocket> all = this.sockets.all();
		all.forEach(action);
		return new Report(fault, all.size(), until);
	}

	/**
	 * A fault that was asked for.
	 *
	 * @param fault which one
	 * @param sockets how many sockets there were
	 * @param until when it ends, or {@code null} if it does not last
	 */
	record Report(String fault, int sockets, @Nullable Instant until) {
	}

	/**
	 * A fault that lasts.
	 *
	 * @param fault which one
	 * @param until when it ends
	 */
	public record Lasting(String fault, Instant until) implements Comparable<Lasting> {

		@Override
		public int compareTo(Lasting other) {
			return this.fault.compareTo(other.fault);
		}

	}

}
