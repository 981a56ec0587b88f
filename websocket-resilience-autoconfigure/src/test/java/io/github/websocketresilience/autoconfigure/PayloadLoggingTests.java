package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.logging.LogLines;
import io.github.websocketresilience.logging.MdcDeliveryInterceptor;
import io.github.websocketresilience.transport.RawServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of the messages of a real connection is logged, and what listeners find in the
 * MDC.
 */
class PayloadLoggingTests {

	private final RawServer server = new RawServer(this::serve);

	private final List<String> served = new CopyOnWriteArrayList<>();

	private final LogLines lines = new LogLines(LogLines.EVENTS, Level.TRACE);

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceEventsAutoConfiguration.class, WebSocketResilienceJacksonAutoConfiguration.class,
				WebSocketResilienceLoggingAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues(properties())
		.withBean("one", ConnectionListener.class, () -> listener("one"))
		.withBean("two", ConnectionListener.class, () -> listener("two"));

	@AfterEach
	void close() {
		this.lines.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "queued", "direct" })
	void everyMessageIsLoggedOnceAndNothingElse(String dispatch) {
		this.runner
			.withPropertyValues("resilient.websocket.log-payloads=64B",
					"resilient.websocket.inbound.dispatch=" + dispatch)
			.run((context) -> {
				live(context.getBean(WebSocketConnection.class));
				await(() -> payloads().size() >= 6);
				assertThat(payloads()).containsExactlyInAnyOrder("default: received (text, 7 bytes): welcome",
						"default: sending (text, 8 bytes): question", "default: received (text, 8 bytes): solution",
						"default: sending (binary, 2 bytes): cafe",
						"default: sending request (text, 21 bytes): {\"ask\":\"time\",\"id\":1}",
						"default: received reply (text, 22 bytes): {\"id\":1,\"time\":\"noon\"}");
				assertThat(others()).noneMatch(PayloadLoggingTests::holdsAPayload);
			});
	}

	@Test
	void withoutLogPayloadsNothingIsLogged() {
		this.runner.run((context) -> {
			live(context.getBean(WebSocketConnection.class));
			assertThat(payloads()).isEmpty();
			assertThat(others()).isNotEmpty().noneMatch(PayloadLoggingTests::holdsAPayload);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "queued", "direct" })
	void listenersFindTheNameInTheMdc(String dispatch) {
		this.runner.withPropertyValues("resilient.websocket.inbound.dispatch=" + dispatch).run((context) -> {
			live(context.getBean(WebSocketConnection.class));
			assertThat(this.heard).contains("one welcome default", "two welcome default", "one solution default",
					"two solution default");
		});
	}

	private void live(WebSocketConnection connection) {
		await(() -> this.heard.contains("two welcome default"));
		await(() -> this.served.stream().filter((text) -> text.startsWith("hidden-beat")).count() > 2);
		await(() -> this.served.containsAll(List.of("hidden-first", "hidden-pong")));
		connection.send("question").join();
		connection.send(new Message.Binary(new byte[] { (byte) 0xca, (byte) 0xfe })).join();
		assertThat(connection.request(Map.of("ask", "time"))).succeedsWithin(Duration.ofSeconds(30));
		await(() -> this.heard.contains("two solution default"));
		connection.close().join();
		assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
		await(() -> others().stream().anyMatch((line) -> line.contains("CLOSING -> CLOSED")));
	}

	private List<String> payloads() {
		return texts((line) -> line.getLoggerName().equals(LogLines.PAYLOADS));
	}

	private List<String> others() {
		return texts((line) -> !line.getLoggerName().equals(LogLines.PAYLOADS));
	}

	private List<String> texts(Predicate<ILoggingEvent> which) {
		return this.lines.events().stream().filter(which).map(ILoggingEvent::getFormattedMessage).toList();
	}

	private static boolean holdsAPayload(String line) {
		return Stream.of("hidden", "welcome", "question", "solution", "cafe", "noon").anyMatch(line::contains);
	}

	private ConnectionListener listener(String name) {
		return new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				PayloadLoggingTests.this.heard
					.add(name + " " + ((Message.Text) message).text() + " " + MDC.get(MdcDeliveryInterceptor.KEY));
			}

		};
	}

	private String[] properties() {
		return Stream
			.of("url=" + this.server.uri(), "on-open.send=hidden-first", "heartbeat.interval=50ms",
					"heartbeat.message=hidden-beat {{sequence}}", "heartbeat.reply.pattern=hidden-echo .*",
					"auto-replies[0].pattern=hidden-ping", "auto-replies[0].reply=hidden-pong",
					"ignore=hidden-greeting", "request.id=/id")
			.map((property) -> "resilient.websocket." + property)
			.toArray(String[]::new);
	}

	private void serve(RawServer.Connection connection) throws Exception {
		connection.accept();
		connection.sendTexts(List.of("hidden-greeting", "welcome", "hidden-ping"));
		RawServer.Frame frame = connection.readFrame();
		while (frame.opcode() != RawServer.CLOSE) {
			this.served.add(frame.text());
			answer(connection, frame.text());
			frame = connection.readFrame();
		}
		connection.sendFrame(true, RawServer.CLOSE, frame.payload());
	}

	private static void answer(RawServer.Connection connection, String text) throws IOException {
		if (text.startsWith("hidden-beat")) {
			connection.sendText(text.replace("beat", "echo"));
		}
		else if (text.equals("question")) {
			connection.sendText("solution");
		}
		else if (text.startsWith("{")) {
			connection.sendText("{\"id\":1,\"time\":\"noon\"}");
		}
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
	}

}
