package io.github.websocketresilience.observation;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Message;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message that a listener handles. Its carrier is the message, in
 * which no trace context is looked for: WebSocket messages have no headers.
 */
public final class WebSocketProcessObservationContext extends ReceiverContext<Message> {

	private final ConnectionSettings settings;

	private final Message message;

	private final @Nullable WebSocketHandshakeObservationContext handshake;

	/**
	 * Create a context.
	 * @param settings what was asked of the connection
	 * @param message the message
	 * @param handshake the handshake of the socket that the message came from, or
	 * {@code null} if it is not known
	 */
	public WebSocketProcessObservationContext(ConnectionSettings settings, Message message,
			@Nullable WebSocketHandshakeObservationContext handshake) {
		super((carrier, key) -> null, Kind.CONSUMER);
		this.settings = settings;
		this.message = message;
		this.handshake = handshake;
		setCarrier(message);
	}

	/**
	 * Return what was asked of the connection.
	 * @return the settings; may hold secrets, which their {@code toString} does not show
	 */
	public ConnectionSettings getSettings() {
		return this.settings;
	}

	/**
	 * Return the message.
	 * @return the message
	 */
	public Message getMessage() {
		return this.message;
	}

	/**
	 * Return the handshake of the socket that the message came from. Its observation has
	 * ended; it is what the message is linked to, and not its parent.
	 * @return the handshake, or {@code null} if it was not observed or is not known
	 */
	public Observation.@Nullable ContextView getHandshake() {
		return this.handshake;
	}

	/**
	 * Return the attempt that opened the socket of the message.
	 * @return the number, or 0 if it is not known
	 */
	public long getAttempt() {
		return (this.handshake != null) ? this.handshake.getAttempt() : 0;
	}

}
