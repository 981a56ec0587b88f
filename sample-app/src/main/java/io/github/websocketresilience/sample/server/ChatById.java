package io.github.websocketresilience.sample.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Greets, answers {@code HeartBeat} with itself, and takes messages to those whose id
 * they name. Who sends one is known from its socket, whatever the message says.
 */
@Component
class ChatById implements Dialect {

	static final String ID = "fromId";

	private static final String HEARTBEAT = "HeartBeat";

	private final Sockets sockets;

	private final Json json;

	ChatById(Sockets sockets, Json json) {
		this.sockets = sockets;
		this.json = json;
	}

	@Override
	public void opened(ClientSocket socket) {
		socket.send("连接成功");
	}

	@Override
	public void received(ClientSocket socket, String text) throws UnspeakableException {
		if (HEARTBEAT.equals(text)) {
			socket.send(HEARTBEAT);
			return;
		}
		JsonNode message = this.json.read(text);
		if (!message.path("message").isString() || !message.path("toId").isString()) {
			throw new UnspeakableException("'message' and 'toId' must be texts");
		}
		route(socket, message);
	}

	private void route(ClientSocket sender, JsonNode message) throws UnspeakableException {
		Map<String, Object> routed = new LinkedHashMap<>();
		routed.put("message", message.get("message"));
		routed.put(ID, Objects.requireNonNull(sender.parameter(ID)));
		JsonNode id = message.path("id");
		if (id.isValueNode()) {
			routed.put("id", id);
		}
		boolean delivered = deliver(message.get("toId").asString(), this.json.write(routed));
		if (id.isValueNode()) {
			sender.send(this.json.write(Map.of("ack", id, "delivered", delivered)));
		}
	}

	private boolean deliver(String to, String text) {
		List<ClientSocket> addressed = this.sockets
			.matching((socket) -> socket.dialect() == this && to.equals(socket.parameter(ID)));
		return addressed.stream().filter((socket) -> socket.send(text)).count() > 0;
	}

}
