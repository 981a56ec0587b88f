package io.github.websocketresilience.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * How the server answers an opening handshake (RFC 6455, section 4.2.2).
 */
@FunctionalInterface
interface HandshakeAnswer {

	/**
	 * Answer, or do not, on the event loop.
	 * @param connection the connection whose request has been read
	 */
	void answer(ServerConnection connection);

	static HandshakeAnswer accept(Map<String, List<String>> headers) {
		return (connection) -> withKey(connection, (key) -> {
			connection.wire().raw(switchProtocols(key, headers));
			connection.opened();
		});
	}

	static HandshakeAnswer after(Duration delay, HandshakeAnswer answer) {
		return (connection) -> connection.wire().later(delay, () -> answer.answer(connection));
	}

	static HandshakeAnswer drip(Duration interval) {
		return (connection) -> withKey(connection,
				(key) -> connection.wire().drip(switchProtocols(key, Map.of()), interval, connection::opened));
	}

	static HandshakeAnswer wrongAcceptKey() {
		return (connection) -> {
			connection.wire().raw(switchProtocols("of somebody else", Map.of()));
			connection.opened();
		};
	}

	static HandshakeAnswer raw(Function<HandshakeRequest, byte[]> response) {
		return (connection) -> {
			connection.wire().raw(response.apply(connection.request()).clone());
			connection.opened();
		};
	}

	static HandshakeAnswer never() {
		return (connection) -> {
		};
	}

	static HandshakeAnswer refuse(int status, Map<String, List<String>> headers) {
		Map<String, List<String>> all = new LinkedHashMap<>();
		all.put("Content-Length", List.of("0"));
		all.put("Connection", List.of("close"));
		all.putAll(headers);
		byte[] response = response(status, all);
		return (connection) -> {
			connection.wire().raw(response.clone());
			connection.wire().close();
		};
	}

	/**
	 * What is no request for a WebSocket is a bad one.
	 */
	private static void withKey(ServerConnection connection, Consumer<String> accept) {
		String key = connection.request().header("Sec-WebSocket-Key");
		if (key != null) {
			accept.accept(key);
		}
		else {
			refuse(400, Map.of()).answer(connection);
		}
	}

	private static byte[] switchProtocols(String key, Map<String, List<String>> headers) {
		Map<String, List<String>> all = new LinkedHashMap<>();
		all.put("Upgrade", List.of("websocket"));
		all.put("Connection", List.of("Upgrade"));
		all.put("Sec-WebSocket-Accept", List.of(acceptKey(key)));
		all.putAll(headers);
		return response(101, all);
	}

	private static byte[] response(int status, Map<String, List<String>> headers) {
		StringBuilder response = new StringBuilder("HTTP/1.1 ").append(status)
			.append(' ')
			.append(HttpResponseStatus.valueOf(status).reasonPhrase())
			.append("\r\n");
		headers.forEach((name, values) -> values
			.forEach((value) -> response.append(name).append(": ").append(value).append("\r\n")));
		return response.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	static String acceptKey(String key) {
		try {
			MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
			byte[] bytes = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1);
			return Base64.getEncoder().encodeToString(sha1.digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-1", ex);
		}
	}

}
