package io.github.websocketresilience.test;

import java.net.http.HttpClient;
import java.net.http.WebSocket;

/**
 * The JDK's own client.
 */
public final class JdkClient {

	private JdkClient() {
	}

	/**
	 * Open a socket.
	 * @param server where to
	 * @return the socket
	 */
	public static WebSocket open(ScriptedWebSocketServer server) {
		return HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.header("X-Test", "1")
			.buildAsync(server.uri("/feed"), new WebSocket.Listener() {
			})
			.join();
	}

}
