package io.github.websocketresilience.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.HandshakeResponse;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the server's answer (RFC 6455 section 4.1): {@code Upgrade},
 * {@code Connection}, {@code Sec-WebSocket-Accept}, the extensions and the subprotocol,
 * which Tomcat's client does not, and keeps {@code Retry-After} where the container shows
 * it. What it throws makes the container close the channel.
 */
final class AcceptCheck extends ClientEndpointConfig.Configurator {

	// RFC 6455 section 1.3
	private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private static final String PROTOCOL = "Sec-WebSocket-Protocol";

	private final ClientEndpointConfig.Configurator delegate;

	private final boolean onlySwitched;

	private volatile @Nullable String key;

	private volatile boolean extensionsOffered;

	private volatile List<String> protocolsOffered = List.of();

	private volatile @Nullable String retryAfter;

	/**
	 * Create the check of one attempt.
	 * @param delegate is asked first
	 * @param onlySwitched whether the container tells of 101 responses only. If it tells
	 * of refusals too, a missing header proves nothing, and the container checks itself
	 */
	AcceptCheck(ClientEndpointConfig.Configurator delegate, boolean onlySwitched) {
		this.delegate = delegate;
		this.onlySwitched = onlySwitched;
	}

	@Nullable String retryAfter() {
		return this.retryAfter;
	}

	@Override
	public void beforeRequest(Map<String, List<String>> headers) {
		this.delegate.beforeRequest(headers);
		this.key = first(headers, "Sec-WebSocket-Key");
		this.extensionsOffered = first(headers, EXTENSIONS) != null;
		this.protocolsOffered = elements(headers, PROTOCOL);
	}

	@Override
	public void afterResponse(HandshakeResponse response) {
		this.delegate.afterResponse(response);
		this.retryAfter = first(response.getHeaders(), "Retry-After");
		String accept = first(response.getHeaders(), "Sec-WebSocket-Accept");
		String sent = this.key;
		if (sent == null || (accept == null && !this.onlySwitched)) {
			return;
		}
		if (accept == null || !accept.trim().equals(expected(sent))) {
			throw new InvalidHandshakeException("the server's Sec-WebSocket-Accept does not fit our key");
		}
		if (!has(response.getHeaders(), "Upgrade", "websocket")
				|| !has(response.getHeaders(), "Connection", "Upgrade")) {
			throw new InvalidHandshakeException("the server's answer does not switch to WebSocket");
		}
		// Tomcat takes any extension that it knows.
		if (!this.extensionsOffered && first(response.getHeaders(), EXTENSIONS) != null) {
			throw new InvalidHandshakeException("the server chose an extension that was not offered");
		}
		if (!this.protocolsOffered.containsAll(elements(response.getHeaders(), PROTOCOL))) {
			throw new InvalidHandshakeException("the server chose a subprotocol that was not offered");
		}
	}

	static String expected(String key) {
		try {
			MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
			byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-1", ex);
		}
	}

	private static boolean has(Map<String, List<String>> headers, String name, String element) {
		return elements(headers, name).stream().anyMatch(element::equalsIgnoreCase);
	}

	private static List<String> elements(Map<String, List<String>> headers, String name) {
		return headers.entrySet()
			.stream()
			.filter((header) -> name.equalsIgnoreCase(header.getKey()))
			.flatMap((header) -> header.getValue().stream())
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.map(String::strip)
			.filter((element) -> !element.isEmpty())
			.toList();
	}

	private static @Nullable String first(Map<String, List<String>> headers, String name) {
		for (Map.Entry<String, List<String>> header : headers.entrySet()) {
			if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
				return header.getValue().get(0);
			}
		}
		return null;
	}

	/**
	 * The answer is not one to our request. The message is ours.
	 */
	@SuppressWarnings("serial") // never leaves the room
	static final class InvalidHandshakeException extends RuntimeException {

		InvalidHandshakeException(String message) {
			super(message);
		}

	}

}
