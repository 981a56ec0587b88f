package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A token endpoint (RFC 6749 section 4.4): gives {@code token-1}, {@code token-2} and so
 * on to the client {@code client} with the secret {@value #SECRET}.
 */
final class TokenEndpoint implements AutoCloseable {

	static final String SECRET = "hush-client-secret";

	private final HttpServer server;

	private final List<String> given = new CopyOnWriteArrayList<>();

	private final List<String> authorizations = new CopyOnWriteArrayList<>();

	private volatile Duration lifetime = Duration.ofHours(1);

	private volatile String prefix = "token-";

	private volatile boolean refusing;

	TokenEndpoint() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/token", this::answer);
		this.server.start();
	}

	/**
	 * Return the properties of a registration.
	 */
	String[] registration(String id) {
		return new String[] { "spring.security.oauth2.client.registration." + id + ".client-id=client",
				"spring.security.oauth2.client.registration." + id + ".client-secret=" + SECRET,
				"spring.security.oauth2.client.registration." + id + ".authorization-grant-type=client_credentials",
				"spring.security.oauth2.client.registration." + id + ".provider=test",
				"spring.security.oauth2.client.provider.test.token-uri=" + uri() };
	}

	String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/token";
	}

	/**
	 * Tokens are valid for so long from now on.
	 */
	void lifetime(Duration lifetime) {
		this.lifetime = lifetime;
	}

	/**
	 * Tokens begin with this from now on.
	 */
	void prefix(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * No token is given until further notice, and the answer tells secrets.
	 */
	void refusing(boolean refusing) {
		this.refusing = refusing;
	}

	/**
	 * Return how often somebody asked.
	 */
	int requests() {
		return this.authorizations.size();
	}

	/**
	 * Return the tokens that were given.
	 */
	List<String> given() {
		return this.given;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			this.authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
			if (this.refusing) {
				respond(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"not " + SECRET + "\"}");
				return;
			}
			String token;
			synchronized (this.given) {
				token = this.prefix + (this.given.size() + 1);
				this.given.add(token);
			}
			respond(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":"
					+ this.lifetime.toSeconds() + "}");
		}
	}

	private static void respond(HttpExchange exchange, int status, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
