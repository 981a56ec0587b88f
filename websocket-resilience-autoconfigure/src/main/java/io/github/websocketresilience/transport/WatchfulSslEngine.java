package io.github.websocketresilience.transport;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * An engine that fails when its user has read nothing since it asked for more, when the
 * peer has ended TLS, and when the answer to the upgrade does not end.
 */
final class WatchfulSslEngine extends SSLEngine {

	private static final int FED = -1;

	private final SSLEngine delegate;

	private final BooleanSupplier open;

	private int answer;

	// Bytes that were not enough for a record last time.
	private int tooFew = FED;

	WatchfulSslEngine(SSLEngine delegate, BooleanSupplier open) {
		super(delegate.getPeerHost(), delegate.getPeerPort());
		this.delegate = delegate;
		this.open = open;
	}

	@Override
	public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
			throws SSLException {
		int available = source.remaining();
		SSLEngineResult result = this.delegate.unwrap(source, destinations, offset, length);
		boolean starved = result.getStatus() == Status.BUFFER_UNDERFLOW
				&& result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
		boolean ended = result.getStatus() == Status.CLOSED && result.bytesProduced() == 0;
		if (ended || (starved && available == this.tooFew)) {
			throw new EndedException();
		}
		this.tooFew = starved ? available : FED;
		count(result.bytesProduced());
		return result;
	}

	private void count(int bytes) throws EndlessAnswerException {
		if (this.answer <= HandshakeLimits.LONGEST_ANSWER && !this.open.getAsBoolean()) {
			this.answer += bytes;
			if (this.answer > HandshakeLimits.LONGEST_ANSWER) {
				throw new EndlessAnswerException();
			}
		}
	}

	@Override
	public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
			throws SSLException {
		return this.delegate.wrap(sources, offset, length, destination);
	}

	@Override
	public @Nullable Runnable getDelegatedTask() {
		return this.delegate.getDelegatedTask();
	}

	@Override
	public void closeInbound() throws SSLException {
		this.delegate.closeInbound();
	}

	@Override
	public boolean isInboundDone() {
		return this.delegate.isInboundDone();
	}

	@Override
	public void closeOutbound() {
		this.delegate.closeOutbound();
	}

	@Override
	public boolean isOutboundDone() {
		return this.delegate.isOutboundDone();
	}

	@Override
	public String[] getSupportedCipherSuites() {
		return this.delegate.getSupportedCipherSuites();
	}

	@Override
	public String[] getEnabledCipherSuites() {
		return this.delegate.getEnabledCipherSuites();
	}

	@Override
	public void setEnabledCipherSuites(String[] suites) {
		this.delegate.setEnabledCipherSuites(suites);
	}

	@Override
	public String[] getSupportedProtocols() {
		return this.delegate.getSupportedProtocols();
	}

	@Override
	public String[] getEnabledProtocols() {
		return this.delegate.getEnabledProtocols();
	}

	@Override
	public void setEnabledProtocols(String[] protocols) {
		this.delegate.setEnabledProtocols(protocols);
	}

	@Override
	public SSLSession getSession() {
		return this.delegate.getSession();
	}

	@Override
	public @Nullable SSLSession getHandshakeSession() {
		return this.delegate.getHandshakeSession();
	}

	@Override
	public void beginHandshake() throws SSLException {
		this.delegate.beginHandshake();
	}

	@Override
	public HandshakeStatus getHandshakeStatus() {
		return this.delegate.getHandshakeStatus();
	}

	@Override
	public void setUseClientMode(boolean mode) {
		this.delegate.setUseClientMode(mode);
	}

	@Override
	public boolean getUseClientMode() {
		return this.delegate.getUseClientMode();
	}

	@Override
	public void setNeedClientAuth(boolean need) {
		this.delegate.setNeedClientAuth(need);
	}

	@Override
	public boolean getNeedClientAuth() {
		return this.delegate.getNeedClientAuth();
	}

	@Override
	public void setWantClientAuth(boolean want) {
		this.delegate.setWantClientAuth(want);
	}

	@Override
	public boolean getWantClientAuth() {
		return this.delegate.getWantClientAuth();
	}

	@Override
	public void setEnableSessionCreation(boolean flag) {
		this.delegate.setEnableSessionCreation(flag);
	}

	@Override
	public boolean getEnableSessionCreation() {
		return this.delegate.getEnableSessionCreation();
	}

	@Override
	public SSLParameters getSSLParameters() {
		return this.delegate.getSSLParameters();
	}

	@Override
	public void setSSLParameters(SSLParameters parameters) {
		this.delegate.setSSLParameters(parameters);
	}

	@Override
	public String getApplicationProtocol() {
		return this.delegate.getApplicationProtocol();
	}

	@Override
	public String getHandshakeApplicationProtocol() {
		return this.delegate.getHandshakeApplicationProtocol();
	}

	/**
	 * Something that TLS itself is not to blame for.
	 */
	@SuppressWarnings("serial") // never leaves the room
	abstract static class PeerException extends SSLException {

		private PeerException(String message) {
			super(message);
		}

	}

	/**
	 * The peer has ended the connection.
	 */
	@SuppressWarnings("serial") // never leaves the room
	static final class EndedException extends PeerException {

		private EndedException() {
			super("The peer ended the connection");
		}

	}

	/**
	 * The answer to the upgrade is longer than any that is meant well.
	 */
	@SuppressWarnings("serial") // never leaves the room
	static final class EndlessAnswerException extends PeerException {

		private EndlessAnswerException() {
			super("The answer to the upgrade does not end");
		}

	}

}
