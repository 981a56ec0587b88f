package io.github.websocketresilience.engine;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import io.github.websocketresilience.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a peer's words what it was told with the handshake: some servers repeat
 * the token that they do not like, and what a peer says is shown.
 */
final class Echo {

	private static final String MASK = "******";

	/** What is shorter is no secret, but may be part of any word. */
	private static final int SHORTEST = 4;

	private static final Pattern WHITESPACE = Pattern.compile("\\s+");

	private static final String BASIC = "Basic ";

	private final List<String> told = new ArrayList<>();

	/**
	 * Create one for a peer.
	 * @param request what it was told
	 * @param first the first messages that it was sent
	 */
	Echo(HandshakeRequest request, List<String> first) {
		URI uri = request.uri();
		tell(uri.getRawUserInfo(), ":");
		// The values: names are no secrets, and words that a peer needs
		tell(uri.getRawQuery(), "(^|&)[^&=]*=|&");
		request.headers().values().forEach(this::tellHeader);
		request.subprotocols().forEach(this::tell);
		first.forEach(this::tell);
		// A part of another one must not be taken out of it first
		this.told.sort(Comparator.comparingInt(String::length).reversed());
	}

	String withoutSecrets(String text) {
		String result = text;
		for (String secret : this.told) {
			result = result.replace(secret, MASK);
		}
		return result;
	}

	private void tell(@Nullable String raw, String separators) {
		if (raw != null) {
			tell(raw);
			for (String part : raw.split(separators)) {
				tell(part);
				tell(decoded(part));
			}
		}
	}

	private void tellHeader(String value) {
		tell(value);
		String[] parts = WHITESPACE.split(value);
		// RFC 9110 section 11.4: the first one names the scheme
		for (int i = 1; i < parts.length; i++) {
			tell(parts[i]);
		}
		if (value.startsWith(BASIC)) {
			tell(credentials(value.substring(BASIC.length()).trim()), ":");
		}
	}

	private void tell(String secret) {
		if (secret.length() >= SHORTEST) {
			this.told.add(secret);
		}
	}

	private static String decoded(String part) {
		try {
			return URLDecoder.decode(part, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return part;
		}
	}

	private static String credentials(String base64) {
		try {
			return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return base64;
		}
	}

}
