package io.github.websocketresilience.sample.page;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * The sockets of pages. All that a page may say is a heartbeat, which comes back.
 */
@Component
class PageHandler extends TextWebSocketHandler {

	private static final String HEARTBEAT = "{\"type\":\"heartbeat\"}";

	private static final int MOST_PAGES = 20;

	private final Map<String, Page> pages = new ConcurrentHashMap<>();

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		Page page = new Page(session);
		if (this.pages.size() < MOST_PAGES) {
			this.pages.put(session.getId(), page);
		}
		else {
			page.close(CloseStatus.SERVICE_OVERLOAD.withReason("too many pages"));
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		Page page = this.pages.get(session.getId());
		if (page != null && HEARTBEAT.equals(message.getPayload().replaceAll("\\s", ""))) {
			page.send(HEARTBEAT);
		}
		else if (page != null) {
			page.close(CloseStatus.NOT_ACCEPTABLE.withReason("not a heartbeat"));
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.pages.remove(session.getId());
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		this.pages.remove(session.getId());
	}

	List<Page> pages() {
		return List.copyOf(this.pages.values());
	}

}
