package io.github.websocketresilience.observation;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Message;
import io.micrometer.observation.transport.RequestReplySenderContext;

/**
 * What is known of a request and, when it is there, of its reply. Its carrier is the
 * request, into which no trace context is put: WebSocket messages have no headers.
 */
public final class WebSocketRequestObservationContext extends RequestReplySenderContext<Message, Message> {

	private final ConnectionSettings settings;

	private final Message request;

	/**
	 * Create a context.
	 * @param settings what was asked of the connection
	 * @param request the message that is sent
	 */
	public WebSocketRequestObservationContext(ConnectionSettings settings, Message request) {
		super((carrier, key, value) -> {
		});
		this.settings = settings;
		this.request = request;
		setCarrier(request);
	}

	/**
	 * Return what was asked of the connection.
	 * @return the settings; may hold secrets, which their {@code toString} does not show
	 */
	public ConnectionSettings getSettings() {
		return this.settings;
	}

	/**
	 * Return the message that is sent.
	 * @return the request with its id
	 */
	public Message getRequest() {
		return this.request;
	}

}
