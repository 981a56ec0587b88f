package io.github.websocketresilience.transport;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words why a TLS handshake failed: by the types of exceptions, and where the
 * JDK has none, by texts of it that it does not translate.
 */
final class TlsFailures {

	private static final String BAD_CLIENT_CERTIFICATE = "the server does not accept our client certificate";

	private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

	/** Alerts of the server (RFC 8446 section 6.2). */
	private static final Map<String, String> ALERTS = Map.ofEntries(
			Map.entry("certificate_required", "the server wants a client certificate"),
			// What TLS before 1.3 and the JDK's servers say of a missing one too
			Map.entry("bad_certificate", "the server wants a client certificate, and got none or a bad one"),
			Map.entry("unsupported_certificate", BAD_CLIENT_CERTIFICATE),
			Map.entry("certificate_revoked", BAD_CLIENT_CERTIFICATE),
			Map.entry("certificate_expired", BAD_CLIENT_CERTIFICATE),
			Map.entry("certificate_unknown", BAD_CLIENT_CERTIFICATE), Map.entry("unknown_ca", BAD_CLIENT_CERTIFICATE),
			Map.entry("access_denied", BAD_CLIENT_CERTIFICATE),
			Map.entry("protocol_version", "the server speaks no TLS version that this side allows"),
			Map.entry("handshake_failure",
					"the server refused the TLS handshake: it wants other ciphers, or a client certificate"),
			Map.entry("unrecognized_name", "the server does not know the host name"));

	/** The first one that holds for any exception of the chain says it best. */
	private static final List<Rule> RULES = List.of(
			new Rule(CertificateExpiredException.class::isInstance, "the server's certificate has expired"),
			new Rule(CertificateNotYetValidException.class::isInstance, "the server's certificate is not valid yet"),
			new Rule(CertificateRevokedException.class::isInstance, "the server's certificate was revoked"),
			new Rule(TlsFailures::isForAnotherHost, "the server's certificate is for another host"),
			new Rule(CertPathBuilderException.class::isInstance, "the server's certificate is not trusted"),
			new Rule(CertPathValidatorException.class::isInstance, "the server's certificate is not trusted"),
			new Rule(CertificateException.class::isInstance, "the server's certificate is not accepted"),
			new Rule(TlsFailures::isNotTls, "the server does not speak TLS"),
			new Rule((failure) -> failure instanceof SSLException || failure instanceof GeneralSecurityException,
					"the TLS handshake failed"));

	private TlsFailures() {
	}

	/**
	 * Describe a failure.
	 * @param failure what the container threw
	 * @return the description, or {@code null} if it is not about TLS
	 */
	static @Nullable Disconnect of(Throwable failure) {
		String text = alert(failure);
		for (int i = 0; text == null && i < RULES.size(); i++) {
			text = RULES.get(i).textFor(failure);
		}
		return (text != null) ? Disconnect.of(Kind.TLS_FAILED, text) : null;
	}

	private static @Nullable String alert(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			Matcher alert = ALERT.matcher(text(cause));
			if (cause instanceof SSLException && alert.find()) {
				return ALERTS.get(alert.group(1));
			}
		}
		return null;
	}

	// sun.security.util.HostnameChecker has no exception of its own.
	private static boolean isForAnotherHost(Throwable failure) {
		return failure instanceof CertificateException
				&& (text(failure).startsWith("No subject alternative") || text(failure).startsWith("No name matching"));
	}

	private static boolean isNotTls(Throwable failure) {
		return failure instanceof SSLException && text(failure).contains("nrecognized SSL message");
	}

	private static String text(Throwable failure) {
		return String.valueOf(failure.getMessage());
	}

	private record Rule(Predicate<Throwable> test, String text) {

		private @Nullable String textFor(Throwable failure) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (this.test.test(cause)) {
					return this.text;
				}
			}
			return null;
		}

	}

}
