package io.github.websocketresilience.test.faults;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.AttemptScript;

/**
 * Something that ends an attempt or a socket.
 *
 * @param name what it is called in the policy's table
 * @param kind what the client tells of it
 * @param script what the server does
 * @param client what the client does once it is open
 * @param properties what the client needs for it
 */
record Signal(String name, Kind kind, Consumer<AttemptScript> script, Consumer<WebSocketConnection> client,
		String... properties) {

	Signal(String name, Kind kind, Consumer<AttemptScript> script, String... properties) {
		this(name, kind, script, (connection) -> {
		}, properties);
	}

	static Signal close(int code) {
		return new Signal("close " + code, Kind.PEER_CLOSED, (server) -> server.close(code, ""));
	}

	/**
	 * A code that Tomcat's client does not know, or that must not be sent: it tells 1002
	 * in its place.
	 */
	static Signal closeToldAs1002(int code) {
		return new Signal("close " + code + ", told as 1002", Kind.PEER_CLOSED, (server) -> server.close(code, ""));
	}

	static Signal emptyCloseFrame() {
		return new Signal("close 1005", Kind.PEER_CLOSED, (server) -> server.sendRaw(new byte[] { (byte) 0x88, 0 }));
	}

	static Signal status(int status) {
		return new Signal("HTTP " + status, Kind.UPGRADE_REFUSED, (server) -> server.refuse(status));
	}

	static Signal wrongAcceptKey() {
		return new Signal("wrong accept key", Kind.HANDSHAKE_INVALID, AttemptScript::acceptWithWrongKey);
	}

	static Signal reset() {
		return new Signal("RST", Kind.CONNECTION_LOST, AttemptScript::dropWithReset);
	}

	static Signal fin() {
		return new Signal("FIN", Kind.CONNECTION_LOST, AttemptScript::dropWithFin);
	}

	static Signal heartbeatTimeout() {
		return new Signal("heartbeat timeout", Kind.HEARTBEAT_TIMEOUT, AttemptScript::halfOpen,
				"heartbeat.interval=300ms", "heartbeat.timeout=1s");
	}

	/**
	 * More than the buffers of both kernels take.
	 */
	static Signal sendTimeout() {
		byte[] megabyte = new byte[1 << 20];
		Arrays.fill(megabyte, "x".getBytes(StandardCharsets.US_ASCII)[0]);
		return new Signal("send timeout", Kind.SEND_TIMEOUT, AttemptScript::stopReading, (connection) -> {
			StarterApplication.until("open", () -> connection.state() == ConnectionState.OPEN);
			for (int i = 0; i < 8; i++) {
				connection.send(megabyte);
			}
		}, "outbound.send-timeout=500ms", "outbound.max-bytes=16MB", "outbound.when-disconnected=reject");
	}

	@Override
	public String toString() {
		return this.name;
	}

}
