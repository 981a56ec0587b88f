package io.github.websocketresilience.transport;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words why a proxy did not connect us. What a proxy answers is no word of
 * the server's, so a status is kept only where the server cannot mean it.
 */
final class ProxyFailures {

	private static final int AUTHENTICATION_REQUIRED = 407;

	// Tomcat's text in any language: the proxy, as Proxy.toString() has it, and a status.
	private static final Pattern REFUSED = Pattern.compile("\\[HTTP @ .*\\[(\\d{3})]");

	private static final String CHALLENGED = "[" + AUTHENTICATION_REQUIRED + "]";

	private ProxyFailures() {
	}

	/**
	 * Describe the failure of a connect by way of a proxy.
	 * @param failure what the container threw
	 * @param hasCredentials whether there was something to answer a challenge with
	 * @return the description, or {@code null} if it is not the proxy's failure
	 */
	static @Nullable Disconnect of(Throwable failure, boolean hasCredentials) {
		Throwable root = HandshakeFailures.root(failure);
		String text = String.valueOf(root.getMessage());
		Matcher refused = REFUSED.matcher(text);
		Disconnect disconnect = null;
		if (root instanceof ConnectException) {
			disconnect = Disconnect.of(Kind.CONNECT_FAILED, "the TCP connection to the proxy could not be made");
		}
		else if (refused.find()) {
			disconnect = Disconnect.of(Kind.CONNECT_FAILED, "the proxy refused to connect: HTTP " + refused.group(1));
		}
		else if (root instanceof WatchfulChannel.EndlessAnswerException) {
			disconnect = Disconnect.of(Kind.HANDSHAKE_INVALID,
					"the answer of the proxy, or of the server behind it, does not end");
		}
		else if (missesPassword(root) || (text.contains(CHALLENGED) && !hasCredentials)) {
			disconnect = challenged("the proxy wants credentials: set 'proxy.username' and 'proxy.password'");
		}
		else if (text.contains(CHALLENGED)) {
			disconnect = challenged("the proxy does not accept 'proxy.username' and 'proxy.password'");
		}
		return (disconnect != null) ? disconnect.causedBy(root) : null;
	}

	// Without credentials there is a user name, an empty one, for proxies only.
	private static boolean missesPassword(Throwable root) {
		return Arrays.stream(root.getStackTrace())
			.limit(1)
			.anyMatch((frame) -> frame.getMethodName().equals("validatePassword"));
	}

	private static Disconnect challenged(String text) {
		return new Disconnect(Kind.UPGRADE_REFUSED, null, "", AUTHENTICATION_REQUIRED, Initiator.NETWORK, null,
				Duration.ZERO, Duration.ZERO, 0, null, text);
	}

}
