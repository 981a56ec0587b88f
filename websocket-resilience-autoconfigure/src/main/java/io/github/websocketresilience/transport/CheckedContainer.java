package io.github.websocketresilience.transport;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * The shared container as one attempt sees it: it sends the attempt's headers, and its
 * response is checked. Spring's client keeps the configurator to itself, so this is the
 * place where it can be replaced.
 */
final class CheckedContainer implements WebSocketContainer {

	private final WebSocketContainer delegate;

	private final Container container;

	private final BooleanSupplier open;

	private final Map<String, List<String>> headers;

	private volatile @Nullable AcceptCheck check;

	CheckedContainer(Container container, BooleanSupplier open, Map<String, List<String>> headers) {
		this.delegate = container.delegate();
		this.container = container;
		this.open = open;
		this.headers = headers;
	}

	@Nullable String retryAfter() {
		AcceptCheck check = this.check;
		return (check != null) ? check.retryAfter() : null;
	}

	@Override
	public Session connectToServer(Endpoint endpoint, ClientEndpointConfig config, URI uri)
			throws DeploymentException, IOException {
		AcceptCheck check = new AcceptCheck(new RequestHeaders(this.headers), this.container.showsSwitchedOnly());
		this.check = check;
		ClientEndpointConfig checked = ClientEndpointConfig.Builder.create()
			.configurator(check)
			.preferredSubprotocols(config.getPreferredSubprotocols())
			.extensions(config.getExtensions())
			.encoders(config.getEncoders())
			.decoders(config.getDecoders())
			.sslContext(config.getSSLContext())
			.build();
		checked.getUserProperties().putAll(config.getUserProperties());
		return this.container.connect(endpoint, checked, uri, this.open);
	}

	@Override
	public Session connectToServer(Class<? extends Endpoint> endpoint, ClientEndpointConfig config, URI uri)
			throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, config, uri);
	}

	@Override
	public Session connectToServer(Object endpoint, URI uri) throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, uri);
	}

	@Override
	public Session connectToServer(Class<?> endpoint, URI uri) throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, uri);
	}

	@Override
	public long getDefaultAsyncSendTimeout() {
		return this.delegate.getDefaultAsyncSendTimeout();
	}

	@Override
	public void setAsyncSendTimeout(long timeout) {
		this.delegate.setAsyncSendTimeout(timeout);
	}

	@Override
	public long getDefaultMaxSessionIdleTimeout() {
		return this.delegate.getDefaultMaxSessionIdleTimeout();
	}

	@Override
	public void setDefaultMaxSessionIdleTimeout(long timeout) {
		this.delegate.setDefaultMaxSessionIdleTimeout(timeout);
	}

	@Override
	public int getDefaultMaxBinaryMessageBufferSize() {
		return this.delegate.getDefaultMaxBinaryMessageBufferSize();
	}

	@Override
	public void setDefaultMaxBinaryMessageBufferSize(int max) {
		this.delegate.setDefaultMaxBinaryMessageBufferSize(max);
	}

	@Override
	public int getDefaultMaxTextMessageBufferSize() {
		return this.delegate.getDefaultMaxTextMessageBufferSize();
	}

	@Override
	public void setDefaultMaxTextMessageBufferSize(int max) {
		this.delegate.setDefaultMaxTextMessageBufferSize(max);
	}

	@Override
	public Set<Extension> getInstalledExtensions() {
		return this.delegate.getInstalledExtensions();
	}

	/**
	 * Adds headers to those of the container. Spring's own configurator logs them all.
	 */
	private static final class RequestHeaders extends ClientEndpointConfig.Configurator {

		private final Map<String, List<String>> headers;

		private RequestHeaders(Map<String, List<String>> headers) {
			this.headers = headers;
		}

		@Override
		public void beforeRequest(Map<String, List<String>> request) {
			request.putAll(this.headers);
		}

	}

}
