package io.github.websocketresilience.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses the upgrades of new sockets with 503 for a while.
 */
@Component
class Gate implements HandshakeInterceptor {

	private volatile Instant closedUntil = Instant.MIN;

	void close(Duration duration) {
		this.closedUntil = Instant.now().plus(duration);
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		boolean open = Instant.now().isAfter(this.closedUntil);
		if (!open) {
			response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
		}
		return open;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
