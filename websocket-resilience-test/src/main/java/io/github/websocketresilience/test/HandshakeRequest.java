package io.github.websocketresilience.test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How a client asked for a socket (RFC 6455, section 4.1).
 *
 * @param requestLine the first line, {@code GET /feed?key=value HTTP/1.1}
 * @param headers the headers, their names whatever the case
 * @param at when the server had read all of it
 */
public record HandshakeRequest(String requestLine, Map<String, List<String>> headers, Instant at) {

	/**
	 * Create a request.
	 * @param requestLine the first line
	 * @param headers the headers
	 * @param at when the server had read all of it
	 */
	public HandshakeRequest {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(copy);
	}

	/**
	 * Return what was asked for.
	 * @return path and query, as sent
	 */
	public String target() {
		return this.requestLine.split(" ")[1];
	}

	/**
	 * Return the first value of a header.
	 * @param name its name, whatever the case
	 * @return the value, {@code null} if there is no such header
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * Return the {@code Sec-WebSocket-Accept} that this request wants (RFC 6455, section
	 * 4.2.2).
	 * @return what follows from the client's key
	 * @throws IllegalStateException if the request has no key
	 */
	public String acceptKey() {
		String key = header("Sec-WebSocket-Key");
		if (key == null) {
			throw new IllegalStateException("No Sec-WebSocket-Key in " + this);
		}
		return HandshakeAnswer.acceptKey(key);
	}

	/**
	 * Return the first line's path and the names of the headers: values may be secrets.
	 */
	@Override
	public String toString() {
		return target().split("\\?", 2)[0] + " " + this.headers.keySet();
	}

}
