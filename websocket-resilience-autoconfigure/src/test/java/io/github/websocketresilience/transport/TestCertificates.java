package io.github.websocketresilience.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * An authority that makes certificates (RFC 5280) as a test wants them, good or bad.
 */
public final class TestCertificates {

	/** Protects every store that is made here. */
	public static final String PASSWORD = "changeit";

	private static final byte[] ECDSA_WITH_SHA256 = { 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04,
			0x03, 0x02 };

	private static final byte[] COMMON_NAME = { 0x06, 0x03, 0x55, 0x04, 0x03 };

	private static final byte[] BASIC_CONSTRAINTS = { 0x06, 0x03, 0x55, 0x1d, 0x13 };

	private static final byte[] SUBJECT_ALTERNATIVE_NAME = { 0x06, 0x03, 0x55, 0x1d, 0x11 };

	private static final byte[] TRUE = { 0x01, 0x01, (byte) 0xff };

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final Duration YEAR = Duration.ofDays(365);

	private final String name;

	private final KeyPair keys = keys();

	private final Certificate certificate;

	/**
	 * Create an authority.
	 * @param name its common name
	 */
	public TestCertificates(String name) {
		this.name = name;
		Instant now = Instant.now();
		this.certificate = certificate(name, this.keys, now.minus(YEAR), now.plus(YEAR),
				extension(BASIC_CONSTRAINTS, true, sequence(TRUE)));
	}

	/**
	 * Make a certificate for a host that is valid now.
	 * @param host an IP address or a name
	 * @return the certificate and its key
	 */
	public Identity host(String host) {
		return host(host, Instant.now().minus(YEAR), Instant.now().plus(YEAR));
	}

	/**
	 * Make a certificate for a host.
	 * @param host an IP address or a name
	 * @param from when it begins to be valid
	 * @param until when that ends
	 * @return the certificate and its key
	 */
	public Identity host(String host, Instant from, Instant until) {
		KeyPair keys = keys();
		byte[] general = Character.isDigit(host.charAt(0)) ? der(0x87, address(host))
				: der(0x82, host.getBytes(StandardCharsets.US_ASCII));
		return new Identity(keys, certificate("CN of " + host, keys, from, until,
				extension(SUBJECT_ALTERNATIVE_NAME, false, sequence(general))));
	}

	/**
	 * Return the authority's own certificate, which it has signed itself.
	 * @return the certificate and its key
	 */
	public Identity itself() {
		return new Identity(this.keys, this.certificate);
	}

	/**
	 * Return a store that trusts this authority.
	 * @return the store
	 */
	public KeyStore trust() {
		return store((store) -> store.setCertificateEntry("ca", this.certificate));
	}

	/**
	 * Return a context that trusts this authority.
	 * @param identity who to be, or {@code null} for nobody
	 * @return the context
	 */
	public SSLContext context(@Nullable Identity identity) {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trust());
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init((identity != null) ? identity.store() : store((store) -> {
			}), PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Write a store as a PKCS12 file.
	 * @param store the store
	 * @param file where to write
	 * @return the file
	 */
	public static Path write(KeyStore store, Path file) {
		try (OutputStream out = Files.newOutputStream(file)) {
			store.store(out, PASSWORD.toCharArray());
			return file;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Certificate certificate(String subject, KeyPair subjectKeys, Instant from, Instant until,
			byte[] extension) {
		try {
			byte[] content = sequence(der(0xa0, integer(2)), integer(System.nanoTime()), sequence(ECDSA_WITH_SHA256),
					name(this.name), sequence(time(from), time(until)), name(subject),
					subjectKeys.getPublic().getEncoded(), der(0xa3, sequence(extension)));
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(content);
			byte[] signed = sequence(content, sequence(ECDSA_WITH_SHA256),
					der(0x03, concat(new byte[1], signature.sign())));
			return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyPair keys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(256);
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore store(Filling filling) {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			filling.fill(store);
			return store;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] address(String host) {
		try {
			return InetAddress.getByName(host).getAddress();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] name(String commonName) {
		return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, commonName.getBytes(StandardCharsets.UTF_8)))));
	}

	private static byte[] extension(byte[] type, boolean critical, byte[] value) {
		return sequence(type, critical ? TRUE : new byte[0], der(0x04, value));
	}

	private static byte[] time(Instant instant) {
		return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] integer(long value) {
		return der(0x02, BigInteger.valueOf(value).toByteArray());
	}

	private static byte[] sequence(byte[]... parts) {
		return der(0x30, concat(parts));
	}

	// Distinguished encoding (X.690): a tag, the length, the content.
	private static byte[] der(int tag, byte[] content) {
		byte[] length = (content.length < 0x80) ? new byte[0] : (content.length <= 0xff) ? new byte[] { (byte) 0x81 }
				: new byte[] { (byte) 0x82, (byte) (content.length >> 8) };
		return concat(new byte[] { (byte) tag }, length, new byte[] { (byte) content.length }, content);
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			result.writeBytes(part);
		}
		return result.toByteArray();
	}

	@FunctionalInterface
	private interface Filling {

		void fill(KeyStore store) throws GeneralSecurityException;

	}

	/**
	 * A certificate and its key.
	 *
	 * @param keys the key
	 * @param certificate the certificate
	 */
	public record Identity(KeyPair keys, Certificate certificate) {

		/**
		 * Return a store that holds both.
		 * @return the store
		 */
		public KeyStore store() {
			return TestCertificates.store((store) -> store.setKeyEntry("key", this.keys.getPrivate(),
					PASSWORD.toCharArray(), new Certificate[] { this.certificate }));
		}

	}

}
