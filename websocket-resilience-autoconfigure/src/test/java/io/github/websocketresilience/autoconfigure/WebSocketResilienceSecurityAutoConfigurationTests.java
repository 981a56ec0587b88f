package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.Arrays;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Security;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.security.OAuth2HandshakeCustomizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link WebSocketResilienceSecurityAutoConfiguration}.
 */
class WebSocketResilienceSecurityAutoConfigurationTests {

	private static final String URL = "resilient.websocket.url=ws://localhost";

	private final TokenEndpoint endpoint = new TokenEndpoint();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceSecurityAutoConfiguration.class, OAuth2ClientAutoConfiguration.class))
		.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
		.withPropertyValues("resilient.websocket.auto-startup=false");

	@AfterEach
	void close() {
		this.endpoint.close();
	}

	@Test
	void isImportedAndComesAfterTheRegistrations() throws Exception {
		Class<?> type = WebSocketResilienceSecurityAutoConfiguration.class;
		assertThat(ImportCandidates.load(AutoConfiguration.class, null)).contains(type.getName());
		assertThat(type.getAnnotation(AutoConfiguration.class).afterName())
			.containsExactly(OAuth2ClientAutoConfiguration.class.getName());
	}

	@Test
	void tokenOfTheRegistrationIsSent() {
		wanting("feed").withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(authorization(context)).isEqualTo("Bearer token-1"));
	}

	@Test
	void switchedOffThereIsNothing() {
		this.runner.withPropertyValues(this.endpoint.registration("feed"))
			.withPropertyValues("resilient.websocket.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandshakeCustomizer.class));
	}

	@Test
	void whereNoTokenIsNeededNothingIsMissed() {
		this.runner.withPropertyValues(URL).run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues(URL)
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandshakeCustomizer.class));
	}

	@Test
	void whereNoTokenIsNeededNothingOfSpringSecurityIsTouched() {
		this.runner.withPropertyValues(URL).withUserConfiguration(NothingIsToBeMade.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(OAuth2HandshakeCustomizer.class);
			assertThat(context.getBean(WebSocketConnection.class).snapshot()).isNotNull();
		});
	}

	@Test
	void unknownRegistrationFailsTheStart() {
		wanting("fed").withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(failure(context)).satisfies((failure) -> {
				assertThat(failure.getDescription()).contains("Property: resilient.websocket.oauth2.registration-id",
						"Value: \"fed\"", "Reason: must name a client registration");
				assertThat(failure.getAction()).contains("spring.security.oauth2.client.registration.<id>");
			}));
	}

	@Test
	void unknownRegistrationIsShownWhereItWasWritten() {
		wanting("fed").withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(failure(context).getDescription()).contains("Value: \"fed\"",
					"Origin: \"resilient.websocket.oauth2.registration-id\" from property source"));
	}

	@Test
	void unknownRegistrationOfANamedConnectionIsNamed() {
		wanting("feed")
			.withPropertyValues("resilient.websocket.connections.prices.url=ws://localhost",
					"resilient.websocket.connections.prices.oauth2.registration-id=fed")
			.withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(failure(context).getDescription())
				.contains("resilient.websocket.connections.prices.oauth2.registration-id"));
	}

	@Test
	void withoutAnyRegistrationTheStartFails() {
		wanting("feed").run((context) -> assertThat(failure(context)).satisfies((failure) -> {
			assertThat(failure.getDescription()).contains("resilient.websocket.oauth2.registration-id",
					"must name a client registration, and there is none");
			assertThat(failure.getAction()).contains("spring.security.oauth2.client.registration.<id>");
		}));
	}

	@Test
	void withoutSpringSecurityTheStartFailsAndSaysWhatToAdd() {
		wanting("feed").withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(failure(context)).satisfies((failure) -> {
				assertThat(failure.getDescription())
					.contains("must not be set without Spring Security's OAuth2 client on the class path");
				assertThat(failure.getAction())
					.contains("org.springframework.boot:spring-boot-starter-security-oauth2-client");
			}));
	}

	@Test
	void registrationThatNeedsAUserFailsTheStart() {
		withGrantOfUsers().run((context) -> assertThat(failure(context)).satisfies((failure) -> {
			assertThat(failure.getDescription()).contains("whose grant type is client_credentials");
			assertThat(failure.getAction()).contains("authorization-grant-type", "OAuth2AuthorizedClientManager");
		}));
	}

	@Test
	void managerOfTheApplicationMayDoWithoutAUser() {
		withGrantOfUsers().withBean(OAuth2AuthorizedClientManager.class, () -> (request) -> null)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(OAuth2HandshakeCustomizer.class));
	}

	@Test
	void managerThatNeedsAWebRequestIsNotUsed() {
		wanting("feed").withPropertyValues(this.endpoint.registration("feed"))
			.withUserConfiguration(ManagerOfWebRequests.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(OAuth2AuthorizedClientManager.class);
				assertThat(authorization(context)).isEqualTo("Bearer token-1");
			});
	}

	@Test
	void unknownRegistrationIsRefusedAtRunTimeToo() {
		this.runner.withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(refusal(context, "fed"))
				.isEqualTo("'oauth2.registration-id' is 'fed' but must name a client registration"));
	}

	@Test
	void registrationThatNeedsAUserIsRefusedAtRunTimeToo() {
		withGrantOfUsers().withPropertyValues("resilient.websocket.oauth2.registration-id=")
			.run((context) -> assertThat(refusal(context, "feed"))
				.isEqualTo("'oauth2.registration-id' is 'feed' but must name a client registration"
						+ " whose grant type is client_credentials"));
	}

	@Test
	void registrationIsRefusedAtRunTimeWhereThereIsNone() {
		this.runner.run((context) -> assertThat(refusal(context, "feed"))
			.isEqualTo("'oauth2.registration-id' is 'feed' but must name a client registration, and there is none"));
	}

	@Test
	void registrationIsRefusedAtRunTimeWithoutSpringSecurity() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(refusal(context, "feed"))
				.isEqualTo("'oauth2.registration-id' is 'feed' but must not be set without Spring Security's OAuth2"
						+ " client on the class path"));
	}

	@Test
	void connectionIsOpenedAtRunTimeWithItsToken() {
		this.runner.withPropertyValues(this.endpoint.registration("feed")).run((context) -> {
			WebSocketConnection opened = open(context, "feed");
			assertThat(context.getBean(WebSocketConnections.class)).containsExactly(opened);
			assertThat(authorization(context)).isEqualTo("Bearer token-1");
		});
	}

	private static String refusal(AssertableApplicationContext context, String registration) {
		InvalidSettingException refused = catchThrowableOfType(InvalidSettingException.class,
				() -> open(context, registration));
		assertThat(refused).isNotNull();
		assertThat(context.getBean(WebSocketConnections.class).find("tenant")).isEmpty();
		return refused.getMessage();
	}

	private static WebSocketConnection open(AssertableApplicationContext context, String registration) {
		return context.getBean(WebSocketConnections.class)
			.open("tenant", (settings) -> settings.url("ws://localhost").security(token(registration)));
	}

	@Test
	void customizerOfTheApplicationReplacesOurs() {
		OAuth2HandshakeCustomizer own = new OAuth2HandshakeCustomizer(() -> (request) -> null,
				() -> mock(OAuth2AuthorizedClientService.class));
		wanting("feed").withPropertyValues(this.endpoint.registration("feed"))
			.withBean("own", OAuth2HandshakeCustomizer.class, () -> own)
			.run((context) -> assertThat(context).getBean(OAuth2HandshakeCustomizer.class).isSameAs(own));
	}

	private ApplicationContextRunner withGrantOfUsers() {
		String[] properties = Arrays.stream(this.endpoint.registration("feed"))
			.map((property) -> property.replace("client_credentials", "authorization_code"))
			.toArray(String[]::new);
		return wanting("feed").withPropertyValues(properties)
			.withPropertyValues("spring.security.oauth2.client.registration.feed.redirect-uri=http://localhost",
					"spring.security.oauth2.client.provider.test.authorization-uri=http://localhost");
	}

	private ApplicationContextRunner wanting(String registration) {
		return this.runner.withPropertyValues(URL, "resilient.websocket.oauth2.registration-id=" + registration);
	}

	private static Security token(@Nullable String registration) {
		return new Security(null, null, registration, null);
	}

	private static @Nullable String authorization(AssertableApplicationContext context) throws Exception {
		assertThat(context).hasSingleBean(OAuth2HandshakeCustomizer.class);
		HandshakeRequest request = new HandshakeRequest(
				ConnectionSettings.builder("default", URI.create("ws://localhost")).security(token("feed")).build(), 1,
				null);
		assertThat(context.getBean(OAuth2HandshakeCustomizer.class).customize(request)).isNull();
		return request.headers().get("Authorization");
	}

	private static FailureAnalysis failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new InvalidWebSocketPropertiesFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	/**
	 * What an application has for other purposes, and would fail if it were made.
	 */
	@Lazy
	@Configuration(proxyBeanMethods = false)
	static class NothingIsToBeMade {

		@Bean
		ClientRegistrationRepository registrations() {
			throw new IllegalStateException("registrations are made");
		}

		@Bean
		OAuth2AuthorizedClientService clients() {
			throw new IllegalStateException("a client service is made");
		}

		@Bean
		OAuth2AuthorizedClientManager manager() {
			throw new IllegalStateException("a manager is made");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ManagerOfWebRequests {

		@Bean
		DefaultOAuth2AuthorizedClientManager manager(ClientRegistrationRepository registrations) {
			return new DefaultOAuth2AuthorizedClientManager(registrations,
					new HttpSessionOAuth2AuthorizedClientRepository());
		}

	}

}
