package com.example.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * A server that takes orders, and says what a test wants.
 */
final class FeedServer implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private FeedServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static FeedServer start() {
		return new FeedServer(new SpringApplicationBuilder(Server.class).run("--server.port=0"));
	}

	String url() {
		return "ws://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + "/feed";
	}

	/**
	 * Return the texts that were received, by socket, in order.
	 * @return a list for each socket that was opened
	 */
	List<List<String>> received() {
		return this.context.getBean(Feed.class).received;
	}

	void say(String text) {
		this.context.getBean(Feed.class).say(text);
	}

	void drop() {
		this.context.getBean(Feed.class).drop();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocket
	static class Server {

		@Bean
		Feed feed(JsonMapper json) {
			return new Feed(json);
		}

		@Bean
		WebSocketConfigurer endpoint(Feed feed) {
			return (registry) -> registry.addHandler(feed, "/feed");
		}

	}

	static final class Feed extends TextWebSocketHandler {

		private final JsonMapper json;

		private final List<List<String>> received = new CopyOnWriteArrayList<>();

		private final Map<String, List<String>> bySocket = new ConcurrentHashMap<>();

		private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();

		Feed(JsonMapper json) {
			this.json = json;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			List<String> texts = new CopyOnWriteArrayList<>();
			this.bySocket.put(session.getId(), texts);
			this.received.add(texts);
			this.sessions.put(session.getId(), new ConcurrentWebSocketSessionDecorator(session, 1000, 65536));
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			this.sessions.remove(session.getId());
		}

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) {
			this.bySocket.get(session.getId()).add(message.getPayload());
			JsonNode asked = this.json.readTree(message.getPayload());
			if (asked.has("quantity")) {
				String status = (asked.get("quantity").asInt() > 100) ? "rejected" : "accepted";
				say("{\"id\":" + asked.get("id") + ",\"status\":\"" + status + "\"}");
			}
		}

		private void say(String text) {
			try {
				for (WebSocketSession session : this.sessions.values()) {
					session.sendMessage(new TextMessage(text));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void drop() {
			this.sessions.values().forEach((session) -> {
				try {
					session.close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			this.sessions.clear();
		}

	}

}
