package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;

import org.springframework.util.StringUtils;

/**
 * Reads the addresses of a connection: from {@code url}, or from {@code urls}.
 */
final class AddressTexts {

	private AddressTexts() {
	}

	/**
	 * Return whether there is an address.
	 * @param properties the properties of a connection
	 * @return whether one of the two keys has a text
	 */
	static boolean areIn(ConnectionProperties properties) {
		return StringUtils.hasText(properties.url()) || !properties.urls().isEmpty();
	}

	/**
	 * Read the addresses.
	 * @param properties the properties of a connection
	 * @return the addresses, none if there are none
	 * @throws InvalidSettingException if one cannot be used, or both keys are set
	 */
	static List<URI> read(ConnectionProperties properties) {
		String url = properties.url();
		if (!StringUtils.hasText(url)) {
			return readList(properties.urls());
		}
		if (!properties.urls().isEmpty()) {
			throw new InvalidSettingException("urls", null, "not be set together with 'url'");
		}
		return List.of(read("url", url));
	}

	private static List<URI> readList(List<String> texts) {
		List<URI> result = new ArrayList<>();
		for (int i = 0; i < texts.size(); i++) {
			result.add(read("urls[" + i + "]", texts.get(i)));
		}
		return result;
	}

	private static URI read(String key, String text) {
		try {
			// Judged here, too, where the key is known by which it was written
			return ConnectionSettings.builder("address", new URI(text.trim())).build().url();
		}
		catch (URISyntaxException ex) {
			throw new InvalidSettingException(key, Secrets.showUrl(text),
					"be a valid address, such as wss://example.com/ws");
		}
		catch (InvalidSettingException ex) {
			throw new InvalidSettingException(key, ex.value(), ex.requirement());
		}
	}

}
