package io.github.websocketresilience.sample.server;

import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/**
 * Serves {@code /quotes} and {@code /ws}. They hold nothing private, so any page may
 * come.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableWebSocket
class ServerConfiguration {

	@Bean
	WebSocketConfigurer endpoints(ServerHandler quotesHandler, ServerHandler stylesHandler, Gate gate,
			CallerInterceptor caller) {
		return (registry) -> {
			registry.addHandler(quotesHandler, "/quotes").addInterceptors(gate).setAllowedOriginPatterns("*");
			registry.addHandler(stylesHandler, "/ws").addInterceptors(gate, caller).setAllowedOriginPatterns("*");
		};
	}

	@Bean
	ServerHandler quotesHandler(Sockets sockets, Delay delay, QuoteFeed quotes) {
		return new ServerHandler(sockets, delay, (session) -> quotes);
	}

	@Bean
	ServerHandler stylesHandler(Sockets sockets, Delay delay, ChatById chat, KeyedPush push, PlainTexts plain) {
		return new ServerHandler(sockets, delay, (session) -> {
			if (session.getAttributes().containsKey(ChatById.ID)) {
				return chat;
			}
			return session.getAttributes().containsKey(KeyedPush.KEY) ? push : plain;
		});
	}

	/**
	 * Spring WebSocket's own scheduler, though unused, would switch Boot's off.
	 */
	@Bean
	ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
		return builder.build();
	}

}
