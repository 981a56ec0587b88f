package io.github.websocketresilience.sample.server;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses the upgrades of new sockets for a while, and with 503 when there are too many.
 */
@Component
class Gate implements HandshakeInterceptor {

	private final Sockets sockets;

	private final DemoProperties properties;

	private volatile HttpStatusCode status = HttpStatus.SERVICE_UNAVAILABLE;

	private volatile Instant closedUntil = Instant.MIN;

	Gate(Sockets sockets, DemoProperties properties) {
		this.sockets = sockets;
		this.properties = properties;
	}

	void close(HttpStatusCode status, Instant until) {
		this.status = status;
		this.closedUntil = until;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		boolean closed = Instant.now().isBefore(this.closedUntil);
		boolean full = this.sockets.count() >= this.properties.maxSockets();
		if (closed || full) {
			response.setStatusCode(closed ? this.status : HttpStatus.SERVICE_UNAVAILABLE);
		}
		return !closed && !full;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
