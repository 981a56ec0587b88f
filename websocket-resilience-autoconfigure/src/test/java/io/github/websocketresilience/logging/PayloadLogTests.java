package io.github.websocketresilience.logging;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver.Sending;
import io.github.websocketresilience.StubConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayloadLog}.
 */
class PayloadLogTests {

	private final LogLines lines = new LogLines(LogLines.PAYLOADS, Level.DEBUG);

	private final PayloadLog log = new PayloadLog();

	private final StubConnection connection = new StubConnection(settings(16));

	@AfterEach
	void close() {
		this.lines.close();
	}

	@Test
	void onlyConnectionsThatAskForItAreSeen() {
		assertThat(this.log.supports(settings(0))).isFalse();
		assertThat(this.log.supports(settings(1))).isTrue();
	}

	@Test
	void receivedMessageIsOneLine() {
		receive(new Message.Text("tick"));
		receive(new Message.Binary(new byte[] { 1, (byte) 0xff }));
		assertThat(this.lines.texts()).containsExactly("DEBUG prices: received (text, 4 bytes): tick",
				"DEBUG prices: received (binary, 2 bytes): 01ff");
	}

	@Test
	void lineSaysTypeAndSizeAsKeyValues() {
		receive(new Message.Text("tick"));
		assertThat(this.lines.lastFields()).containsExactlyInAnyOrderEntriesOf(Map.of("connection", "prices", "event",
				"message_received", "message.type", "text", "message.bytes", 4));
	}

	@Test
	void longPayloadIsCutAndItsSizeIsSaid() {
		receive(new Message.Text("x".repeat(5000)));
		receive(new Message.Text("123456789012345\u20ac"));
		receive(new Message.Binary(new byte[17]));
		assertThat(this.lines.texts()).containsExactly(
				"DEBUG prices: received (text, 5000 bytes, the first 16): xxxxxxxxxxxxxxxx",
				"DEBUG prices: received (text, 18 bytes, the first 15): 123456789012345",
				"DEBUG prices: received (binary, 17 bytes, the first 16): 00000000000000000000000000000000");
		assertThat(this.lines.lastFields()).containsEntry("message.type", "binary").containsEntry("message.bytes", 17);
	}

	@Test
	void payloadCannotForgeALine() {
		receive(new Message.Text("a\r\nERROR b\u001b\u202e"));
		assertThat(this.lines.texts())
			.containsExactly("DEBUG prices: received (text, 14 bytes): a\\u000d\\u000aERROR b\\u001b\\u202e");
	}

	@Test
	void sentMessageIsOneLineWhateverBecomesOfIt() {
		send(new Message.Text("tick"), false, CompletableFuture.failedFuture(new IllegalStateException("mine")));
		send(new Message.Text(""), false, CompletableFuture.completedFuture(null));
		assertThat(this.lines.texts()).containsExactly("DEBUG prices: sending (text, 4 bytes): tick",
				"DEBUG prices: sending (text, 0 bytes): ");
		assertThat(this.lines.lastFields()).containsEntry("event", "message_sending");
	}

	@Test
	void requestAndItsReplyAreTwoLines() {
		CompletableFuture<Message> reply = new CompletableFuture<>();
		send(new Message.Text("{\"id\":1}"), true, reply);
		assertThat(this.lines.lastFields()).containsEntry("event", "request_sending");
		reply.complete(new Message.Text("{\"id\":1,\"a\":2}"));
		assertThat(this.lines.texts()).containsExactly("DEBUG prices: sending request (text, 8 bytes): {\"id\":1}",
				"DEBUG prices: received reply (text, 14 bytes): {\"id\":1,\"a\":2}");
		assertThat(this.lines.lastFields()).containsEntry("event", "reply_received");
	}

	@Test
	void requestWithoutAReplyIsOneLine() {
		send(new Message.Text("{\"id\":1}"), true, CompletableFuture.failedFuture(new IllegalStateException("mine")));
		assertThat(this.lines.texts()).hasSize(1);
	}

	@Test
	void withoutDebugNothingIsWritten() {
		try (LogLines info = new LogLines(LogLines.PAYLOADS, Level.INFO)) {
			receive(new Message.Text("tick"));
			send(new Message.Text("tick"), true, CompletableFuture.completedFuture(new Message.Text("tock")));
			assertThat(info.texts()).isEmpty();
		}
	}

	private void receive(Message message) {
		this.log.onReceive(this.connection, message);
	}

	private void send(Message message, boolean request, CompletableFuture<?> outcome) {
		this.log.onSend(new Sending(this.connection, message, request, outcome));
	}

	private static ConnectionSettings settings(long loggedPayload) {
		return ConnectionSettings.builder("prices", URI.create("ws://localhost/ws"))
			.diagnostics(new ConnectionSettings.Diagnostics(true, loggedPayload))
			.build();
	}

}
