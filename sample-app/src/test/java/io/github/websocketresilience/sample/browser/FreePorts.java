package io.github.websocketresilience.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Free ports for page and server. They are chosen before the application starts, because
 * its connections have to know theirs.
 */
final class FreePorts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		try (ServerSocket page = open(); ServerSocket server = open()) {
			Map<String, Object> ports = Map.of("server.port", page.getLocalPort(), "demo.port", server.getLocalPort());
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("free ports", ports));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ServerSocket open() throws IOException {
		return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
	}

}
