package io.github.websocketresilience.test;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values that are sent as JSON.
 */
class JsonTests {

	@Test
	void valueIsSentAsItWasWhenItWasScripted() throws Exception {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start()) {
			Object[] prices = { 1.5 };
			server.attempt(1).sendJson(new Trade("ACME", prices));
			prices[0] = 2;
			try (RawClient client = RawClient.open(server)) {
				assertThat(client.read(2)).isEqualTo("8120");
				assertThat(new String(hex(client.read(0x20)))).isEqualTo("{\"symbol\":\"ACME\",\"prices\":[1.5]}");
			}
		}
	}

	@Test
	void withoutJacksonItIsSaidWhatToAdd() throws Exception {
		try (URLClassLoader without = new URLClassLoader(withoutJackson(), ClassLoader.getPlatformClassLoader())) {
			Class<?> scripts = without.loadClass(AttemptScript.class.getName());
			var constructor = scripts.getDeclaredConstructor();
			constructor.setAccessible(true);
			Object script = constructor.newInstance();
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> scripts.getMethod("sendJson", Object.class).invoke(script, Map.of("a", 1)))
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessageContaining("add 'tools.jackson.core:jackson-databind'");
			assertThat(scripts.getMethod("sendText", String.class).invoke(script, "{}")).isSameAs(script);
		}
	}

	private static URL[] withoutJackson() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("jackson"))
			.map(JsonTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(entry, ex);
		}
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	record Trade(String symbol, Object[] prices) {
	}

}
