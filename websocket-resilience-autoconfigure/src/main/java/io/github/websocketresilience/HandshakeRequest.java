package io.github.websocketresilience;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What one attempt will send as its opening handshake (RFC 6455 section 4.1) and right
 * after it. Starts as the settings say; {@link HandshakeCustomizer}s change it, one after
 * the other. Basic authentication of the settings is there as a header, which a
 * customizer may override. Not thread-safe. {@link #toString()} shows no secret.
 */
public final class HandshakeRequest {

	private final ConnectionSettings settings;

	private final long attempt;

	private final @Nullable Disconnect lastDisconnect;

	private final Map<String, String> query;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final List<String> firstMessages = new ArrayList<>();

	private List<String> subprotocols;

	private URI url;

	private boolean customized;

	/**
	 * Create the request of one attempt.
	 * @param settings what every attempt sends
	 * @param attempt the number of the attempt
	 * @param lastDisconnect why the last one ended, or {@code null} for the first
	 */
	public HandshakeRequest(ConnectionSettings settings, long attempt, @Nullable Disconnect lastDisconnect) {
		this(settings, settings.url(), attempt, lastDisconnect);
	}

	/**
	 * Create the request of one attempt to one of several addresses.
	 * @param settings what every attempt sends
	 * @param url an absolute ws or wss address
	 * @param attempt the number of the attempt
	 * @param lastDisconnect why the last one ended, or {@code null} for the first
	 */
	public HandshakeRequest(ConnectionSettings settings, URI url, long attempt, @Nullable Disconnect lastDisconnect) {
		this.settings = settings;
		this.attempt = attempt;
		this.lastDisconnect = lastDisconnect;
		this.url = ConnectionSettings.requireWebSocketUrl("url", url);
		this.query = new LinkedHashMap<>(settings.handshake().query());
		this.headers.putAll(settings.handshake().headers());
		ConnectionSettings.Credentials basic = settings.security().basic();
		if (basic != null) {
			this.headers.put("Authorization", basicAuthentication(basic));
		}
		this.subprotocols = settings.handshake().subprotocols();
	}

	/**
	 * Return the name of the connection.
	 * @return the name
	 */
	public String connection() {
		return this.settings.name();
	}

	/**
	 * Return what the user asked for.
	 * @return the settings of the connection; may hold secrets, which their
	 * {@code toString} does not show
	 */
	public ConnectionSettings settings() {
		return this.settings;
	}

	/**
	 * Return the number of the attempt.
	 * @return the number, from 1 on
	 */
	public long attempt() {
		return this.attempt;
	}

	/**
	 * Return why the last attempt or socket ended.
	 * @return the end, or {@code null} if this is the first attempt
	 */
	public @Nullable Disconnect lastDisconnect() {
		return this.lastDisconnect;
	}

	/**
	 * Replace the address. Its own query stays; {@link #query} is added to it.
	 * @param url an absolute ws or wss address
	 * @return this
	 */
	public HandshakeRequest url(URI url) {
		this.url = ConnectionSettings.requireWebSocketUrl("url", url);
		this.customized = true;
		return this;
	}

	/**
	 * Set a query parameter, encoded as RFC 3986 wants it.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public HandshakeRequest query(String name, String value) {
		this.query.put(name, value);
		this.customized = true;
		return this;
	}

	/**
	 * Set a header; names are compared ignoring case.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public HandshakeRequest header(String name, String value) {
		this.headers.put(name, value);
		this.customized = true;
		return this;
	}

	/**
	 * Set a header that says where the attempt comes from, as tracing does, and not who
	 * we are: to set it is not to take part.
	 * @param name the name
	 * @param value the value
	 * @return this
	 * @see #isCustomized()
	 */
	public HandshakeRequest traceHeader(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Replace the offered subprotocols.
	 * @param subprotocols the names, the preferred one first
	 * @return this
	 */
	public HandshakeRequest subprotocols(List<String> subprotocols) {
		this.subprotocols = List.copyOf(subprotocols);
		this.customized = true;
		return this;
	}

	/**
	 * Add a text that is sent right after this attempt's open, before
	 * {@code on-open.send} and everything queued. It dies with its socket.
	 * @param text the text, a login for one
	 * @return this
	 */
	public HandshakeRequest firstMessage(String text) {
		this.firstMessages.add(text);
		this.customized = true;
		return this;
	}

	/**
	 * Return the address with its whole query.
	 * @return the address to connect to; may hold secrets
	 */
	public URI uri() {
		if (this.query.isEmpty()) {
			return this.url;
		}
		StringBuilder result = new StringBuilder(this.url.toString());
		char separator = (this.url.getRawQuery() != null) ? '&' : '?';
		for (Map.Entry<String, String> parameter : this.query.entrySet()) {
			result.append(separator)
				.append(encode(parameter.getKey()))
				.append('=')
				.append(encode(parameter.getValue()));
			separator = '&';
		}
		return URI.create(result.toString());
	}

	/**
	 * Return the headers.
	 * @return an unmodifiable view; may hold secrets
	 */
	public Map<String, String> headers() {
		return Collections.unmodifiableMap(this.headers);
	}

	/**
	 * Return the offered subprotocols.
	 * @return the names
	 */
	public List<String> subprotocols() {
		return this.subprotocols;
	}

	/**
	 * Return the first messages.
	 * @return an unmodifiable view; may hold secrets
	 */
	public List<String> firstMessages() {
		return Collections.unmodifiableList(this.firstMessages);
	}

	/**
	 * Return whether a customizer took part in this attempt.
	 * @return whether anything was set
	 */
	public boolean isCustomized() {
		return this.customized;
	}

	@Override
	public String toString() {
		return "HandshakeRequest[" + connection() + ", attempt " + this.attempt + ", "
				+ ConnectionSettings.withoutSecrets(this.url) + "]";
	}

	// RFC 7617 section 2, in UTF-8 (section 2.1)
	private static String basicAuthentication(ConnectionSettings.Credentials credentials) {
		String text = credentials.username() + ":" + credentials.password();
		return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
