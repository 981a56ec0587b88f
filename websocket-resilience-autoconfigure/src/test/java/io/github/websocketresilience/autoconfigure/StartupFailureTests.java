package io.github.websocketresilience.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.messaging.WebSocketListener;
import jakarta.websocket.WebSocketContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Starts small applications that cannot start, and reads what they print.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					url: 'wss://u:s3cret@ex ample.com/ws?s3cret'   | url | wss://ex ample.com/ws | must be a valid address, such as wss://example.com/ws
					url: 'ftp://u:s3cret@example.com/ws?s3cret'    | url | ftp://example.com/ws | must begin with ws:// or wss://
					urls: ['wss://a', 'ftp://u:s3cret@b?s3cret']   | urls[1] | ftp://b | must begin with ws:// or wss://
					urls: ['wss://u:s3cret@my_host/ws?s3cret']     | urls[0] | wss://my_host/ws | must have a host
					urls: wss://a/ws?s3cret, wss://u:s3cret@my_host | urls[1] | wss://... | must have a host
					connect-timeout: -1s                           | connect-timeout | -1s | must not be negative
					close-timeout: 0s                              | close-timeout | 0s | must be longer than zero
					outbound.time-to-live: -1s                     | outbound.time-to-live | -1s | must not be negative
					heartbeat.interval: -25s                       | heartbeat.interval | -25s | must not be negative
					reconnect.delay: -1s                           | reconnect.delay | -1s | must not be negative
					reconnect.jitter: 1.5                          | reconnect.jitter | 1.5 | must be between 0 and 1
					reconnect.jitter: -0.1                         | reconnect.jitter | -0.1 | must be between 0 and 1
					reconnect: {delay: 10s, max-delay: 5s}         | reconnect.max-delay | 5s | must not be shorter than 'reconnect.delay' (PT10S)
					ignore: '('                                    | ignore | ( | must be a regular expression that compiles (see the character at index 1)
					heartbeat: {message: a, reply: {pattern: '['}} | heartbeat.reply.pattern | [ | must be a regular expression that compiles (see the character at index 0)
					heartbeat: {message: a, reply: {json: /a~b=c}} | heartbeat.reply.json | /a~b=c | must be a JSON pointer, in which '~' is written ~0, and a '/' that is part of a name ~1
					heartbeat: {message: a, reply: {json: [/a=b, /c]}} | heartbeat.reply.json[1] | /c | must be a JSON pointer and a value, '/type=pong' for one
					outbound.rate-limit: 10 per second             | outbound.rate-limit | 10 per second | must be a number of messages and a time with its unit, such as 10/1s or 600/1m
					inbound.dispatch: async                        | inbound.dispatch | async | must be one of queued, direct
					inbound.max-silence: -1s                       | inbound.max-silence | -1s | must not be negative
					inbound.on-silence: panic                      | inbound.on-silence | panic | must be one of report, reconnect
					request.id: id                                 | request.id | id | must be a JSON pointer, '/id' for one
					request: {id: /id, reply-id: /a~b}             | request.reply-id | /a~b | must be a JSON pointer, in which '~' is written ~0, and a '/' that is part of a name ~1
					request.max-pending: 0                         | request.max-pending | 0 | must be at least 1
					heartbeat.interval: soon                       | heartbeat.interval | soon | must be a duration, such as 500ms, 10s or 1m
					max-message-size: 1GB                          | max-message-size | 1GB | must be between 1 byte and 512MB
					ssl.bundle: prices                             | ssl.bundle | prices | must name an SSL bundle, and there is none below 'spring.ssl.bundle'
					compression: deflate                           | compression | deflate | must be true or false
					group: My feeds                                | group | My feeds | must consist of a-z, 0-9 and dashes
					threads.io: 0                                  | threads.io | 0 | must be at least 1
					{basic: {username: s3cret, password: s3cret}, oauth2: {registration-id: feed}} | oauth2.registration-id | feed | must not be set together with 'basic.username'
					""")
	void invalidValueIsPrintedWithItsPropertyItsOriginAndWhatToDo(String yaml, String key, String value, String reason,
			CapturedOutput output) throws Exception {
		fails(yaml);
		String property = "resilient.websocket." + key;
		assertThat(printed(output)).isEqualTo("""
				Description:

				The configuration of WebSocket connections cannot be used:

				    Property: %s
				    Value: "%s"
				    Origin: application.yaml
				    Reason: %s


				Action:

				Change '%s': it %s.""".formatted(property, value, reason, property, reason));
		assertThat(output).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					auto-replies: [{pattern: 's3cret(', reply: a}]      | auto-replies[0].pattern | must be a regular expression that compiles (see the character at index 7)
					auto-replies: [{pattern: a, reply: 's3cret $1'}]    | auto-replies[0].reply | must not use $1: its pattern has 0 groups
					auto-replies: [{pattern: a, reply: 's3cret $x'}]    | auto-replies[0].reply | must use '$' only as $1 to $9, or $$ for a dollar sign
					heartbeat.message: 's3cret {{now}}'                 | heartbeat.message | must use no other placeholders than {{timestamp}}, {{sequence}} and {{uuid}}
					headers: {X-Key: '${NO_SUCH_KEY} s3cret'}           | headers.x-key | must hold no placeholder that cannot be resolved
					headers: {Host: s3cret}                             | headers.host | must not be set: it belongs to the handshake itself; for subprotocols there is 'subprotocols'
					{headers: {Authorization: s3cret}, basic: {username: s3cret, password: s3cret}} | headers.authorization | must not be set together with 'basic.username'
					{headers: {Authorization: s3cret}, oauth2: {registration-id: feed}} | headers.authorization | must not be set together with 'oauth2.registration-id'
					basic: {username: 's3:cret', password: s3cret}      | basic.username | must not hold a colon
					basic: {username: a, password: "s3cret\\n"}         | basic.password | must hold no control character, such as a line break
					query: {token: 's3cret ${NO_SUCH_TOKEN}'}           | query.token | must hold no placeholder that cannot be resolved
					""")
	void valueThatMayBeASecretIsNotPrinted(String yaml, String key, String reason, CapturedOutput output)
			throws Exception {
		fails(yaml);
		String property = "resilient.websocket." + key;
		assertThat(printed(output)).isEqualTo("""
				Description:

				The configuration of WebSocket connections cannot be used:

				    Property: %s
				    Origin: application.yaml
				    Reason: %s


				Action:

				Change '%s': it %s.""".formatted(property, reason, property, reason));
		assertThat(output).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					basic: {username: s3cret}                    | basic.password | must be set together with 'basic.username'
					proxy: {password: s3cret}                    | proxy.username | must be set together with 'proxy.password'
					{url: 'wss://u:s3cret@a', urls: ['wss://b']} | urls           | must not be set together with 'url'
					on-open.send: ["s3cret\\uD800"]              | on-open.send   | must be valid Unicode: it holds half a surrogate pair
					auto-replies: [{reply: s3cret}]              | auto-replies[0].pattern | must be set: every rule needs a pattern and a reply
					""")
	void keyThatIsNotWrittenAsItIsNamedHasNoOrigin(String yaml, String key, String reason, CapturedOutput output)
			throws Exception {
		fails(yaml);
		String property = "resilient.websocket." + key;
		assertThat(printed(output)).isEqualTo("""
				Description:

				The configuration of WebSocket connections cannot be used:

				    Property: %s
				    Reason: %s


				Action:

				Change '%s': it %s.""".formatted(property, reason, property, reason));
		assertThat(output).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			heartbeat.message: {hhh}              | heartbeat.message
			heartbeat.message: {"s3cret": "a"}    | heartbeat.message
			heartbeat.message: {{timestamp}}      | heartbeat.message
			on-open.send: {"op": "s3cret"}        | on-open.send
			on-open.send: [{"s3cret": "a"}]       | on-open.send
			auto-replies: [{pattern: a, reply: {"s3cret": 1}}] | auto-replies[0].reply
			""")
	void jsonWithoutQuotesIsExplained(String yaml, String key, CapturedOutput output) throws Exception {
		fails(yaml);
		assertThat(printed(output)).isEqualTo("""
				Description:

				The configuration of WebSocket connections cannot be used:

				    Property: resilient.websocket.%s
				    Origin: application.yaml
				    Reason: takes a text, but there are keys below it: in YAML, JSON without quotes is a map


				Action:

				Put the value of 'resilient.websocket.%s' in single quotes.""".formatted(key, key));
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void unknownKeysArePrintedWithTheNearestOnes(CapturedOutput output) throws Exception {
		fails("""
				heartbeat:
				      intervall: 5s
				    passwort: s3cret""");
		assertThat(printed(output)).isEqualTo(
				"""
						Description:

						The configuration of WebSocket connections cannot be used:

						    Property: resilient.websocket.heartbeat.intervall
						    Origin: application.yaml
						    Reason: is not a known key; the nearest one is 'resilient.websocket.heartbeat.interval'

						    Property: resilient.websocket.passwort
						    Origin: application.yaml
						    Reason: is not a known key; the nearest one is 'resilient.websocket.basic.password'


						Action:

						Change 'resilient.websocket.heartbeat.intervall' to 'resilient.websocket.heartbeat.interval' if that is \
						what you meant, else remove it.
						Change 'resilient.websocket.passwort' to 'resilient.websocket.basic.password' if that is what you meant, \
						else remove it.""");
		assertThat(output).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			headers: s3cret           | headers
			heartbeat: 25s            | heartbeat
			auto-replies: [s3cret]    | auto-replies[0]
			""")
	void valueWhereKeysBelongIsExplained(String yaml, String key, CapturedOutput output) throws Exception {
		fails(yaml);
		assertThat(output).contains("Property: resilient.websocket." + key)
			.contains("takes no value of its own, only keys below it");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void textInPlaceOfAllKeysIsExplained(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(application(), "--resilient.websocket=wss://u:s3cret@example.com"));
		assertThat(output).contains("Set a key below 'resilient.websocket'.").doesNotContain("s3cret");
	}

	@Test
	void missingContainerIsNamed(CapturedOutput output) {
		SpringApplication application = application(new FilteredClassLoader(WebSocketContainer.class));
		assertThatException().isThrownBy(() -> run(application, "--resilient.websocket.url=ws://localhost"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("there is no WebSocket container on the class path")
			.contains("org.apache.tomcat.embed:tomcat-embed-websocket");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			heartbeat: {message: ping, reply: {json: /type=pong}} | heartbeat.reply.json | /type=pong
			request.id: /id                                       | request.id           | /id
			""")
	void missingJsonLibraryIsNamed(String yaml, String key, String value, CapturedOutput output) throws Exception {
		fails(yaml);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: resilient.websocket." + key)
			.contains("Value: \"" + value + "\"")
			.contains("Reason: must be used with Jackson on the class path")
			.contains("Add 'org.springframework.boot:spring-boot-starter-jackson', define a JsonCodec bean, or remove"
					+ " 'resilient.websocket." + key + "'.");
	}

	@Test
	void injectionPointWithoutAConnectionNamesTheUrl(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(application(Consumer.class)));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Consumer required a WebSocket connection, but none is configured.")
			.contains("Set 'resilient.websocket.url'");
	}

	@Test
	void injectionPointThatMayMeanSeveralConnectionsListsThem(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run(application(Consumer.class), "--resilient.websocket.auto-startup=false",
					"--resilient.websocket.connections.prices.url=ws://localhost",
					"--resilient.websocket.connections.my-feed.url=ws://localhost"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Consumer required a WebSocket connection, but there are 2 and none is the default: "
					+ "myFeedWebSocketConnection, pricesWebSocketConnection.")
			.contains("@Qualifier(\"myFeedWebSocketConnection\")")
			.contains("set 'resilient.websocket.url'");
	}

	@Test
	void injectionPointThatNamesAConnectionThatIsNotThereListsThoseThatAre(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run(application(Qualified.class), "--resilient.websocket.auto-startup=false",
					"--resilient.websocket.connections.my-feed.url=ws://localhost"));
		assertThat(output).contains("the one that it names is not configured. There are: myFeedWebSocketConnection.")
			.contains("'resilient.websocket.connections.<name>.url'");
	}

	@Test
	void namedConnectionWithoutAnAddressIsPrinted(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run(application(), "--resilient.websocket.connections.my-feed.heartbeat.interval=5s"));
		assertThat(output).contains("Property: resilient.websocket.connections.my-feed.url")
			.contains("Reason: must be set: every named connection needs an address of its own")
			.contains("Set 'resilient.websocket.connections.my-feed.url' to the address of the server");
	}

	@Test
	void missingJsonLibraryIsLaidToTheConnectionThatNeedsIt(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(application(), "--resilient.websocket.auto-startup=false",
				"--resilient.websocket.connections.my-feed.url=ws://localhost",
				"--resilient.websocket.connections.my-feed.request.id=/id"));
		assertThat(output).contains("Property: resilient.websocket.connections.my-feed.request.id")
			.contains("Reason: must be used with Jackson on the class path");
	}

	@Test
	void otherMissingBeanIsLeftToBoot(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(application(ConsumerOfSomethingElse.class)));
		assertThat(output).contains("java.lang.Runnable").doesNotContain("resilient.websocket.url");
	}

	@Test
	void failFastPrintsWhatWentWrongLast(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(application(Refused.class),
				"--resilient.websocket.url=ws://u:s3cret@localhost:9/ws?s3cret", "--resilient.websocket.fail-fast=true",
				"--resilient.websocket.connect-timeout=200ms", "--resilient.websocket.headers.a=s3cret"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("WebSocket connection 'default' to ws://localhost:9/ws did not open within 200ms: "
					+ "upgrade refused with HTTP 503")
			.contains("'resilient.websocket.fail-fast=false'");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void listenerOfAConnectionThatDoesNotExistIsPrintedWithThoseThatDo(CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> run(application(Misnamed.class), "--resilient.websocket.url=ws://u:s3cret@localhost:9/ws?s3cret",
						"--resilient.websocket.auto-startup=false"));
		assertThat(printed(output)).isEqualTo("""
				Description:

				the @WebSocketListener method 'StartupFailureTests.Misnamed.on(String)' of bean \
				'startupFailureTests.Misnamed' wants messages of a connection 'prices', which does not exist

				Action:

				Name one of default, or 'dynamic' for those opened at run time, or configure the connection.""");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void whatIsHardlyMeantIsWarnedOfOnce(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(application(), "--resilient.websocket.auto-startup=false",
				"--resilient.websocket.url=ws://example.com/ws", "--resilient.websocket.headers.Authorization=s3cret",
				"--resilient.websocket.heartbeat.timeout=0", "--resilient.websocket.reconnect.delay=5",
				"--resilient.websocket.inbound.on-silence=reconnect", "--resilient.websocket.inbound.max-silence=1m",
				"--resilient.websocket.connections.a.url=wss://example.com/a",
				"--resilient.websocket.connections.a.inbound.max-silence=",
				"--resilient.websocket.connections.b.url=wss://example.com/b")) {
			assertThat(context.getBean(WebSocketConnection.class).name()).isEqualTo("default");
		}
		assertThat(output.getOut().split("a dead peer is then found only by TCP", -1)).hasSize(2);
		assertThat(output.getOut().split("which means 5ms", -1)).hasSize(2);
		assertThat(output).doesNotContain("does nothing without");
		assertThat(output.getOut().split("travel unencrypted to example.com", -1)).hasSize(2);
		assertThat(output).doesNotContain("s3cret");
	}

	private void fails(String yaml) throws Exception {
		boolean hasUrl = yaml.startsWith("url") || yaml.startsWith("{url");
		Files.writeString(this.directory.resolve("application.yaml"), """
				%s---
				resilient.websocket:
				    %s
				""".formatted(hasUrl ? "" : "resilient.websocket.url: wss://example.com/ws\n", yaml));
		assertThatException()
			.isThrownBy(() -> run(application(), "--spring.config.location=" + this.directory.toUri()));
	}

	// Without the banner of asterisks, and without the place of the file
	private static String printed(CapturedOutput output) {
		String all = output.getAll().replace(System.lineSeparator(), "\n");
		assertThat(all).contains("APPLICATION FAILED TO START");
		return all.substring(all.lastIndexOf("Description:"))
			.replaceAll("Origin: .*application\\.yaml.*", "Origin: application.yaml")
			.strip();
	}

	private static SpringApplication application(Class<?>... sources) {
		return configure(new SpringApplication(sources));
	}

	private static SpringApplication application(ClassLoader classLoader) {
		return configure(new SpringApplication(new DefaultResourceLoader(classLoader), new Class<?>[0]));
	}

	private static SpringApplication configure(SpringApplication application) {
		application.addPrimarySources(List.of(Base.class));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
		return application;
	}

	private static ConfigurableApplicationContext run(SpringApplication application, String... arguments) {
		return application.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WebSocketResilienceAutoConfiguration.class)
	static class Base {

	}

	static class Consumer {

		private final WebSocketConnection connection;

		Consumer(WebSocketConnection connection) {
			this.connection = connection;
		}

		WebSocketConnection connection() {
			return this.connection;
		}

	}

	static class Qualified {

		private final WebSocketConnection connection;

		Qualified(@Qualifier("pricesWebSocketConnection") WebSocketConnection connection) {
			this.connection = connection;
		}

		WebSocketConnection connection() {
			return this.connection;
		}

	}

	static class ConsumerOfSomethingElse {

		private final Runnable task;

		ConsumerOfSomethingElse(Runnable task) {
			this.task = task;
		}

		Runnable task() {
			return this.task;
		}

	}

	@ImportAutoConfiguration(WebSocketResilienceListenerAutoConfiguration.class)
	static class Misnamed {

		@WebSocketListener("prices")
		void on(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Refused {

		@Bean
		Transport refusing() {
			return new ScriptedTransport(ScriptedTransport.Script.REFUSE);
		}

	}

}
