package io.github.websocketresilience.transport;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context whose engines look where Tomcat does not. When TCP ends during the TLS
 * handshake, it goes on to read the end, as fast as it can, until its timeout. And it
 * keeps an answer to the upgrade whole, however long; while that comes faster than it is
 * read, not even an interrupt stops it.
 */
final class WatchfulSslContext extends SSLContext {

	/**
	 * Create a context of one attempt.
	 * @param delegate does the work
	 * @param open whether the upgrade was answered
	 */
	WatchfulSslContext(SSLContext delegate, BooleanSupplier open) {
		super(new Spi(delegate, open), delegate.getProvider(), delegate.getProtocol());
	}

	private static final class Spi extends SSLContextSpi {

		private final SSLContext delegate;

		private final BooleanSupplier open;

		private Spi(SSLContext delegate, BooleanSupplier open) {
			this.delegate = delegate;
			this.open = open;
		}

		@Override
		protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
				throws KeyManagementException {
			this.delegate.init(keys, trust, random);
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			return new WatchfulSslEngine(this.delegate.createSSLEngine(), this.open);
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			return new WatchfulSslEngine(this.delegate.createSSLEngine(host, port), this.open);
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			return this.delegate.getSocketFactory();
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			return this.delegate.getServerSocketFactory();
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.delegate.getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.delegate.getClientSessionContext();
		}

		@Override
		protected SSLParameters engineGetDefaultSSLParameters() {
			return this.delegate.getDefaultSSLParameters();
		}

		@Override
		protected SSLParameters engineGetSupportedSSLParameters() {
			return this.delegate.getSupportedSSLParameters();
		}

	}

}
