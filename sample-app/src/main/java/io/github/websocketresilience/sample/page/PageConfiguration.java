package io.github.websocketresilience.sample.page;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/**
 * Serves the page's feed, to the page alone.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebSocketConfigurer {

	private static final Logger logger = LoggerFactory.getLogger(PageConfiguration.class);

	private final PageHandler handler;

	PageConfiguration(PageHandler handler) {
		this.handler = handler;
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this.handler, "/page");
	}

	@EventListener
	void on(ApplicationReadyEvent ready) {
		logger.info("open http://localhost:{} and break something",
				ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
	}

}
