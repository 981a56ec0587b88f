package io.github.websocketresilience.sample;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * The server of the demonstration: greets, sends a quote every second and echoes every
 * text. An echo answers text heartbeats of any form; pings are answered by the container.
 */
@Component
class DemoServer extends TextWebSocketHandler {

	private final Map<String, DemoSocket> sockets = new ConcurrentHashMap<>();

	private final Random random = new Random();

	private double price = 100;

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		DemoSocket socket = new DemoSocket(session);
		socket.send("welcome");
		this.sockets.put(session.getId(), socket);
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		DemoSocket socket = this.sockets.get(session.getId());
		if (socket != null) {
			socket.send(message.getPayload());
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.sockets.remove(session.getId());
	}

	@Scheduled(fixedRate = 1000)
	void quote() {
		this.price += this.random.nextGaussian();
		String quote = String.format(Locale.ROOT, "{\"symbol\":\"ACME\",\"price\":%.2f}", this.price);
		for (DemoSocket socket : this.sockets.values()) {
			socket.endSilenceWhenOver();
			socket.send(quote);
		}
	}

	/**
	 * Drop all sockets without a close frame.
	 * @return how many there were
	 */
	int drop() {
		int count = 0;
		for (DemoSocket socket : this.sockets.values()) {
			socket.drop();
			count++;
		}
		return count;
	}

	/**
	 * Make the sockets that there are now silent. New ones are not.
	 * @param duration for how long
	 * @return how many there are
	 */
	int silence(Duration duration) {
		int count = 0;
		for (DemoSocket socket : this.sockets.values()) {
			socket.silence(duration);
			count++;
		}
		return count;
	}

}
