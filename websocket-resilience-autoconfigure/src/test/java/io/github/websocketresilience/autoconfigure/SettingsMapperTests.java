package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Credentials;
import io.github.websocketresilience.ConnectionSettings.Security;
import io.github.websocketresilience.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SettingsMapper} and {@link AddressTexts}: addresses, credentials and
 * what else belongs to one server.
 */
class SettingsMapperTests {

	@ParameterizedTest
	@ValueSource(strings = { "urls=wss://a/ws, https://b/ws", "urls[0]=wss://a/ws|urls[1]=https://b/ws" })
	void severalAddressesKeepTheirOrder(String properties) {
		ConnectionSettings settings = settings(properties.split("\\|"));
		assertThat(settings.urls()).containsExactly(URI.create("wss://a/ws"), URI.create("wss://b/ws"));
	}

	@Test
	void emptyAddressBesideSeveralIsNone() {
		assertThat(settings("url=", "urls=wss://a").urls()).containsExactly(URI.create("wss://a"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					urls=ftp://u:s3cret@a/?s3cret              | urls    | ftp://a/       | must begin with ws:// or wss://
					urls[0]=ftp://u:s3cret@a/?s3cret           | urls[0] | ftp://a/       | must begin with ws:// or wss://
					urls=wss://a,ftp://u:s3cret@b/?s3cret      | urls[1] | wss://b/       | must begin with ws:// or wss://
					urls=wss://u:s3cret@my_host                | urls    | wss://my_host  | must have a host
					urls=wss://a?s3cret,wss://b#s3cret         | urls[1] | wss://a        | must have no fragment (#)
					urls=wss://u:s3cret@a b                    | urls    | wss://a b      | must be a valid address, such as wss://example.com/ws
					urls=wss://u:s3,cret@a                     | urls    | wss://a        | must have a host
					""")
	void eachAddressIsJudgedUnderItsOwnName(String property, String key, String value, String reason) {
		Problem problem = problem(property);
		assertThat(problem.property()).isEqualTo("resilient.websocket." + key);
		assertThat(problem.value()).isEqualTo(value);
		assertThat(problem.reason()).isEqualTo(reason);
		assertThat(problem.toString()).doesNotContain("s3cret", "s3,cret");
	}

	@Test
	void laterAddressIsJudgedUnderItsIndex() {
		Problem problem = problem("urls[0]=wss://u:s3cret@a", "urls[1]=wss://u:s3cret@b b");
		assertThat(problem.property()).isEqualTo("resilient.websocket.urls[1]");
		assertThat(problem.value()).isEqualTo("wss://b b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "urls=wss://u:s3cret@b/?s3cret", "urls[0]=wss://u:s3cret@b/?s3cret" })
	void oneAddressAndSeveralExcludeEachOther(String property) {
		Problem problem = problem("url=wss://u:s3cret@a", property);
		assertThat(problem.property()).isEqualTo("resilient.websocket.urls");
		assertThat(problem.reason()).isEqualTo("must not be set together with 'url'");
		assertThat(problem.toString()).doesNotContain("s3cret");
	}

	@Test
	void everyKeyOfOneServerArrives() {
		ConnectionSettings settings = settings("url=wss://a", "ssl.bundle=tls", "basic.username=b", "basic.password=c",
				"proxy.username=d", "proxy.password=e", "group=feeds", "compression=true");
		assertThat(settings.security())
			.isEqualTo(new Security("tls", new Credentials("b", "c"), null, new Credentials("d", "e")));
		assertThat(settings.group()).isEqualTo("feeds");
		assertThat(settings.handshake().compression()).isTrue();
		assertThat(settings("url=wss://a", "oauth2.registration-id=feed").security())
			.isEqualTo(new Security(null, null, "feed", null));
	}

	@Test
	void emptyTextIsNone() {
		assertThat(settings("url=wss://a", "ssl.bundle=", "basic.username=", "basic.password=", "proxy.username=",
				"oauth2.registration-id=", "group="))
			.isEqualTo(settings("url=wss://a"));
	}

	@Test
	void passwordMayBeEmpty() {
		assertThat(settings("url=wss://a", "basic.username=token", "basic.password=").security().basic())
			.isEqualTo(new Credentials("token", ""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					basic.username=s3cret                          | basic.password | must be set together with 'basic.username'
					basic.password=s3cret                          | basic.username | must be set together with 'basic.password'
					proxy.username=s3cret                          | proxy.password | must be set together with 'proxy.username'
					proxy.password=s3cret                          | proxy.username | must be set together with 'proxy.password'
					basic.username=s3:cret;basic.password=s3cret   | basic.username | must not hold a colon
					proxy.username=s3:cret;proxy.password=s3cret   | proxy.username | must not hold a colon
					basic.username=a;basic.password=s3cret${B}     | basic.password | must hold no placeholder that cannot be resolved
					proxy.username=s3cret${B};proxy.password=a     | proxy.username | must hold no placeholder that cannot be resolved
					headers.Authorization=s3cret;basic.username=a;basic.password=b | headers.authorization | must not be set together with 'basic.username'
					headers.Authorization=s3cret;oauth2.registration-id=a | headers.authorization | must not be set together with 'oauth2.registration-id'
					""")
	void credentialsThatCannotBeUsedAreNamedByTheirKeyAlone(String properties, String key, String reason) {
		Problem problem = problem(("url=wss://a;" + properties).split(";"));
		assertThat(problem.property()).isEqualTo("resilient.websocket." + key);
		assertThat(problem.value()).isNull();
		assertThat(problem.reason()).isEqualTo(reason);
		assertThat(problem.toString()).doesNotContain("s3cret", "s3:cret");
	}

	@Test
	void nameAndTokenExcludeEachOther() {
		Problem problem = problem("url=wss://a", "basic.username=s3cret", "basic.password=s3cret",
				"oauth2.registration-id=feed");
		assertThat(problem.property()).isEqualTo("resilient.websocket.oauth2.registration-id");
		assertThat(problem.value()).isEqualTo("feed");
		assertThat(problem.reason()).isEqualTo("must not be set together with 'basic.username'");
	}

	@Test
	void groupIsNamedAsConnectionsAre() {
		Problem problem = problem("url=wss://a", "group=My feeds");
		assertThat(problem.property()).isEqualTo("resilient.websocket.group");
		assertThat(problem.value()).isEqualTo("My feeds");
		assertThat(problem.reason()).isEqualTo("must consist of a-z, 0-9 and dashes");
	}

	@Test
	void boundCredentialsAreNotShown() {
		ConnectionProperties properties = PropertyReader
			.topLevel(Environments.of("basic.username=s3cret", "basic.password=s3cret", "proxy.username=s3cret"))
			.bind(ConnectionProperties.class);
		assertThat(properties + " " + properties.basic() + properties.proxy()).doesNotContain("s3cret");
	}

	private static ConnectionSettings settings(String... properties) {
		return SettingsMapper.map("default",
				PropertyReader.topLevel(Environments.of(properties)).bind(ConnectionProperties.class));
	}

	private static Problem problem(String... properties) {
		PropertyReader reader = PropertyReader.topLevel(Environments.of(properties));
		InvalidSettingException failure = catchThrowableOfType(InvalidSettingException.class,
				() -> settings(properties));
		assertThat(failure).isNotNull().hasMessageNotContaining("s3cret");
		List<Problem> problems = reader.failure(failure).problems();
		assertThat(problems).hasSize(1);
		return problems.get(0);
	}

}
