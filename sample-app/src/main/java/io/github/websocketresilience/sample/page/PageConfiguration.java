package io.github.websocketresilience.sample.page;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/**
 * Serves the page's feed, to the page alone.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebSocketConfigurer {

	private final PageHandler handler;

	PageConfiguration(PageHandler handler) {
		this.handler = handler;
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this.handler, "/page");
	}

}
