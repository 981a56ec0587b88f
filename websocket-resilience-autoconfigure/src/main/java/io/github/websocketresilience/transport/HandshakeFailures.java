package io.github.websocketresilience.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import jakarta.websocket.DeploymentException;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words why a handshake failed. The texts of the container's exceptions hold
 * URLs, so of them only the class and an HTTP status get out.
 */
final class HandshakeFailures {

	// Tomcat shows the status in the text only; in all its languages in brackets.
	private static final Pattern STATUS = Pattern.compile("\\[(\\d{3})]");

	// With no redirect allowed Tomcat ends its text with "[1] ... [0]", the count and the
	// limit, and keeps the status to itself.
	private static final Pattern REDIRECT = Pattern.compile("\\[1].*\\[0]");

	private static final String ENDED = "the server ended the connection during the handshake";

	private static final String ENDLESS = "the server's answer to the upgrade does not end";

	private static final List<Rule> RULES = List.of(
			new Rule(UnresolvedAddressException.class, Kind.UNKNOWN_HOST, "the host name cannot be resolved"),
			new Rule(UnknownHostException.class, Kind.UNKNOWN_HOST, "the host name cannot be resolved"),
			new Rule(TimeoutException.class, Kind.CONNECT_TIMEOUT, "no answer within the connect timeout"),
			new Rule(SocketTimeoutException.class, Kind.CONNECT_TIMEOUT, "no answer within the connect timeout"),
			new Rule(ConnectException.class, Kind.CONNECT_FAILED, "the TCP connection could not be made"),
			new Rule(NoRouteToHostException.class, Kind.CONNECT_FAILED, "the TCP connection could not be made"),
			new Rule(EOFException.class, Kind.CONNECTION_LOST, ENDED),
			new Rule(WatchfulSslEngine.EndedException.class, Kind.CONNECTION_LOST, ENDED),
			new Rule(WatchfulSslEngine.EndlessAnswerException.class, Kind.HANDSHAKE_INVALID, ENDLESS),
			new Rule(WatchfulChannel.EndlessAnswerException.class, Kind.HANDSHAKE_INVALID, ENDLESS),
			new Rule(IOException.class, Kind.CONNECTION_LOST, "the connection was lost during the handshake"));

	private HandshakeFailures() {
	}

	static Disconnect unknownHost(Throwable cause) {
		return Disconnect.of(Kind.UNKNOWN_HOST, "the host name cannot be resolved").causedBy(cause);
	}

	static Disconnect of(Throwable failure, @Nullable Duration retryAfter) {
		Throwable root = root(failure);
		if (root instanceof AcceptCheck.InvalidHandshakeException) {
			return Disconnect.of(Kind.HANDSHAKE_INVALID, String.valueOf(root.getMessage())).causedBy(root);
		}
		Disconnect tls = TlsFailures.of(failure);
		if (tls != null && !isIn(failure, WatchfulSslEngine.PeerException.class)) {
			return tls.causedBy(root);
		}
		// Tomcat's own type: its buffer has 8 KiB until the answer is read.
		if (root.getClass().getSimpleName().equals("ReadBufferOverflowException")) {
			return Disconnect
				.of(Kind.HANDSHAKE_INVALID,
						"the server's answer to the upgrade came in a larger TLS record than the container takes")
				.causedBy(root);
		}
		for (Rule rule : RULES) {
			if (isIn(failure, rule.type)) {
				return Disconnect.of(rule.kind, rule.text).causedBy(root);
			}
		}
		// Tomcat's own type: it was to answer a challenge and had nothing to answer with.
		if (root.getClass().getSimpleName().equals("AuthenticationException")) {
			return Disconnect.refused(401, retryAfter).causedBy(root);
		}
		if (root instanceof DeploymentException) {
			return ofAnswer(root, retryAfter);
		}
		return Disconnect.of(Kind.INTERNAL_ERROR, "the handshake failed unexpectedly").causedBy(root);
	}

	private static Disconnect ofAnswer(Throwable failure, @Nullable Duration retryAfter) {
		String text = String.valueOf(failure.getMessage());
		if (REDIRECT.matcher(text).find()) {
			return new Disconnect(Kind.UPGRADE_REFUSED, null, "", null, Initiator.PEER, retryAfter, Duration.ZERO,
					Duration.ZERO, 0, failure.getClass().getName(),
					"upgrade answered with a redirect; redirects are not followed, configure the final address");
		}
		Matcher status = STATUS.matcher(text);
		if (status.find()) {
			return Disconnect.refused(Integer.parseInt(status.group(1)), retryAfter).causedBy(failure);
		}
		return Disconnect.of(Kind.HANDSHAKE_INVALID, "the server's answer to the upgrade is not valid")
			.causedBy(failure);
	}

	private static boolean isIn(Throwable failure, Class<?> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

	static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private record Rule(Class<? extends Throwable> type, Kind kind, String text) {
	}

}
