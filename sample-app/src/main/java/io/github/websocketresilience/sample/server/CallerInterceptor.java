package io.github.websocketresilience.sample.server;

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Keeps the id or the key that a client connects with, and refuses one that is none with
 * 400.
 */
@Component
class CallerInterceptor implements HandshakeInterceptor {

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		boolean known = keep(ChatById.ID, request, attributes) && keep(KeyedPush.KEY, request, attributes)
				&& attributes.size() < 2;
		if (!known) {
			response.setStatusCode(HttpStatus.BAD_REQUEST);
		}
		return known;
	}

	private static boolean keep(String name, ServerHttpRequest request, Map<String, Object> attributes) {
		String value = ((ServletServerHttpRequest) request).getServletRequest().getParameter(name);
		if (value == null) {
			return true;
		}
		attributes.put(name, value);
		return NAME.matcher(value).matches();
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
