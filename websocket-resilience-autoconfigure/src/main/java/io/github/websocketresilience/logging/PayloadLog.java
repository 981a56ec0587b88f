package io.github.websocketresilience.logging;

import java.util.EnumMap;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.WebSocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes messages to the log at DEBUG, one ASCII line each, under the name of this
 * package and {@code .payload}, up to {@code log-payloads} bytes of each:
 * <pre class="code">
 * prices: sending request (text, 26 bytes): {"id":7,"method":"symbols"}
 * prices: received (text, 5120 bytes, the first 16): {"symbol":"ABC",
 * prices: received (binary, 4 bytes): cafe0001
 * </pre> Received messages are written once, when their delivery begins, and replies to
 * requests when they come; sent ones when {@code send} or {@code request} is called, by
 * its thread, whatever becomes of them. Heartbeats, first messages and automatic replies
 * are never written. A connection whose {@code log-payloads} is 0 has nothing to do with
 * this class.
 */
public final class PayloadLog implements MessageObserver {

	private static final Logger logger = LoggerFactory.getLogger(PayloadLog.class.getPackageName() + ".payload");

	@Override
	public boolean supports(ConnectionSettings settings) {
		return settings.diagnostics().loggedPayload() > 0;
	}

	@Override
	public void onReceive(WebSocketConnection connection, Message message) {
		write(connection, "message_received", "received", message);
	}

	@Override
	public void onSend(Sending sending) {
		if (!sending.request()) {
			write(sending.connection(), "message_sending", "sending", sending.message());
			return;
		}
		write(sending.connection(), "request_sending", "sending request", sending.message());
		sending.outcome().whenComplete((reply, failure) -> {
			if (reply instanceof Message message) {
				write(sending.connection(), "reply_received", "received reply", message);
			}
		});
	}

	private static void write(WebSocketConnection connection, String event, String what, Message message) {
		Lines lines = new Lines(logger, connection.name());
		if (lines.isWritten(Level.DEBUG)) {
			Excerpt excerpt = Excerpt.of(message, connection.settings().diagnostics().loggedPayload());
			String type = (message instanceof Message.Text) ? "text" : "binary";
			int size = message.sizeInBytes();
			Map<Field, Object> fields = new EnumMap<>(Field.class);
			fields.put(Field.EVENT, event);
			fields.put(Field.MESSAGE_TYPE, type);
			fields.put(Field.MESSAGE_BYTES, size);
			String cut = (excerpt.bytes() < size) ? ", the first " + excerpt.bytes() : "";
			String text = what + " (" + type + ", " + Wording.count(size, "byte") + cut + "): " + excerpt.text();
			lines.write(Level.DEBUG, fields, text, null);
		}
	}

}
