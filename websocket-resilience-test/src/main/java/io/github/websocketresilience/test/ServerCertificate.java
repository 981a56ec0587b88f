package io.github.websocketresilience.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;

/**
 * A key and a self-signed certificate, made by the JDK's {@code keytool}.
 */
final class ServerCertificate {

	private static final String ALIAS = "server";

	/** Protects nothing: the file is gone when its key has been read. */
	private static final String PASSWORD = "changeit";

	private final X509Certificate certificate;

	private final SslContext context;

	private ServerCertificate(PrivateKey key, X509Certificate certificate) throws IOException {
		this.certificate = certificate;
		this.context = SslContextBuilder.forServer(key, certificate).sslProvider(SslProvider.JDK).build();
	}

	static ServerCertificate create(InetAddress address) {
		try {
			Path directory = Files.createTempDirectory("scripted-websocket-server");
			Path file = directory.resolve("server.p12");
			try {
				generate(file, address);
				return load(file);
			}
			finally {
				Files.deleteIfExists(file);
				Files.delete(directory);
			}
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException("No certificate could be made", ex);
		}
	}

	private static void generate(Path file, InetAddress address) throws IOException {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", ALIAS, "-keyalg", "EC",
				"-groupname", "secp256r1", "-validity", "1", "-startdate", "-1H", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost,ip:" + address.getHostAddress(), "-storetype", "PKCS12", "-storepass", PASSWORD,
				"-keystore", file.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("keytool: " + output);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while keytool ran", ex);
		}
	}

	private static ServerCertificate load(Path file) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			store.load(stream, PASSWORD.toCharArray());
		}
		return new ServerCertificate((PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray()),
				(X509Certificate) store.getCertificate(ALIAS));
	}

	SslHandler handler(SocketChannel socket) {
		return this.context.newHandler(socket.alloc());
	}

	String pem() {
		try {
			String content = Base64.getMimeEncoder(64, new byte[] { '\n' })
				.encodeToString(this.certificate.getEncoded());
			return "-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n";
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The certificate has no encoding", ex);
		}
	}

	SSLContext clientContext() {
		try {
			KeyStore trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			trusted.setCertificateEntry(ALIAS, this.certificate);
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException("No context that trusts the certificate", ex);
		}
	}

}
