package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Security;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
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
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketResilienceSecurityAutoConfiguration}.
 */
class WebSocketResilienceSecurityAutoConfigurationTests {

	private final TokenEndpoint endpoint = new TokenEndpoint();

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(WebSocketResilienceSecurityAutoConfiguration.class, OAuth2ClientAutoConfiguration.class));

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
		with(settings("default", "feed")).withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(authorization(context)).isEqualTo("Bearer token-1"));
	}

	@Test
	void withoutConnectionsThereIsNothing() {
		this.runner.withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandshakeCustomizer.class));
	}

	@Test
	void whereNoTokenIsNeededNothingIsMissed() {
		with(settings("default", null)).run((context) -> assertThat(context).hasNotFailed());
		with(settings("default", null)).withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HandshakeCustomizer.class));
	}

	@Test
	void unknownRegistrationFailsTheStart() {
		with(settings("default", "fed")).withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(failure(context)).satisfies((failure) -> {
				assertThat(failure.getDescription()).contains("Property: resilient.websocket.oauth2.registration-id",
						"Value: \"fed\"", "Reason: must name a client registration");
				assertThat(failure.getAction()).contains("spring.security.oauth2.client.registration.<id>");
			}));
	}

	@Test
	void unknownRegistrationIsShownWhereItWasWritten() {
		this.runner.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class))
			.withPropertyValues(this.endpoint.registration("feed"))
			.withPropertyValues("resilient.websocket.url=ws://localhost", "resilient.websocket.auto-startup=false",
					"resilient.websocket.oauth2.registration-id=fed")
			.run((context) -> assertThat(failure(context).getDescription()).contains("Value: \"fed\"",
					"Origin: \"resilient.websocket.oauth2.registration-id\" from property source"));
	}

	@Test
	void unknownRegistrationOfANamedConnectionIsNamed() {
		with(settings("default", "feed"), settings("prices", "fed"))
			.withPropertyValues(this.endpoint.registration("feed"))
			.run((context) -> assertThat(failure(context).getDescription())
				.contains("resilient.websocket.connections.prices.oauth2.registration-id"));
	}

	@Test
	void withoutAnyRegistrationTheStartFails() {
		with(settings("default", "feed")).run((context) -> assertThat(failure(context)).satisfies((failure) -> {
			assertThat(failure.getDescription()).contains("resilient.websocket.oauth2.registration-id",
					"must name a client registration, and there is none");
			assertThat(failure.getAction()).contains("spring.security.oauth2.client.registration.<id>");
		}));
	}

	@Test
	void withoutSpringSecurityTheStartFailsAndSaysWhatToAdd() {
		with(settings("default", "feed")).withClassLoader(new FilteredClassLoader("org.springframework.security"))
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
		with(settings("default", "feed")).withPropertyValues(this.endpoint.registration("feed"))
			.withUserConfiguration(ManagerOfWebRequests.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(OAuth2AuthorizedClientManager.class);
				assertThat(authorization(context)).isEqualTo("Bearer token-1");
			});
	}

	private ApplicationContextRunner withGrantOfUsers() {
		String[] properties = Arrays.stream(this.endpoint.registration("feed"))
			.map((property) -> property.replace("client_credentials", "authorization_code"))
			.toArray(String[]::new);
		return with(settings("default", "feed")).withPropertyValues(properties)
			.withPropertyValues("spring.security.oauth2.client.registration.feed.redirect-uri=http://localhost",
					"spring.security.oauth2.client.provider.test.authorization-uri=http://localhost");
	}

	private ApplicationContextRunner with(ConnectionSettings... connections) {
		return this.runner.withBean("settings", WebSocketSettings.class, () -> settingsOf(connections));
	}

	private static WebSocketSettings settingsOf(ConnectionSettings... connections) {
		WebSocketSettings none = WebSocketSettings.read(new MockEnvironment());
		return new WebSocketSettings(none.application(), List.of(connections), none.inherited());
	}

	private static ConnectionSettings settings(String name, @Nullable String registration) {
		return ConnectionSettings.builder(name, URI.create("ws://localhost"))
			.security(new Security(null, null, registration, null))
			.build();
	}

	private static @Nullable String authorization(AssertableApplicationContext context) throws Exception {
		assertThat(context).hasSingleBean(OAuth2HandshakeCustomizer.class);
		HandshakeRequest request = new HandshakeRequest(settings("default", "feed"), 1, null);
		assertThat(context.getBean(OAuth2HandshakeCustomizer.class).customize(request)).isNull();
		return request.headers().get("Authorization");
	}

	private static FailureAnalysis failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new InvalidWebSocketPropertiesFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
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
