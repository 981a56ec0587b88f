package io.github.websocketresilience.messaging;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

/**
 * Publishes what happens to connections as {@link WebSocketStateEvent} and
 * {@link WebSocketMessageEvent}, on the thread and in the order of the calls. Message
 * events are published only while a listener of the context or its parents may take them.
 * Listeners added to the {@code ApplicationEventMulticaster} itself, behind the context's
 * back, do not count. What a listener throws passes through.
 */
public final class ApplicationEventPublishingListener implements ConnectionListener {

	private final ApplicationContext context;

	private final EventAudience messageAudience;

	private final @Nullable MessageReader reader;

	/**
	 * Create a listener that publishes to a context.
	 * @param context the context
	 * @param reader reads messages for {@link WebSocketMessageEvent#as}, {@code null} if
	 * no JSON library is there
	 */
	public ApplicationEventPublishingListener(ApplicationContext context, @Nullable MessageReader reader) {
		this.context = context;
		this.reader = reader;
		this.messageAudience = new EventAudience(context, WebSocketMessageEvent.class);
	}

	@Override
	public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
		this.messageAudience.reconsider();
		if (event instanceof ConnectionEvent.StateChange change) {
			// Rare enough for Spring itself to find out whether anybody listens.
			this.context.publishEvent(new WebSocketStateEvent(connection, change));
		}
	}

	@Override
	public boolean handles(WebSocketConnection connection, Message message) {
		return this.messageAudience.isPresent();
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		this.context.publishEvent(new WebSocketMessageEvent(connection, message, this.reader));
	}

}
