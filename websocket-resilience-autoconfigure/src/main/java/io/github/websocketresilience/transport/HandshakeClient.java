package io.github.websocketresilience.transport;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLContext;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import jakarta.websocket.WebSocketContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

/**
 * Makes Spring's client connect, on the calling thread.
 */
final class HandshakeClient {

	// RFC 7692. Without parameters: a window of another size than its own is more than
	// the JDK's deflater can, so to offer one would be to fail with servers that take it.
	private static final List<WebSocketExtension> COMPRESSION = List.of(new WebSocketExtension("permessage-deflate"));

	// The container sets them
	private static final Set<String> OWNED_HEADERS = Set.of("cache-control", "connection", "host", "pragma", "upgrade",
			"sec-websocket-extensions", "sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version");

	private final ConnectionSettings settings;

	private final Surroundings surroundings;

	HandshakeClient(ConnectionSettings settings, Surroundings surroundings) {
		this.settings = settings;
		this.surroundings = surroundings;
	}

	/**
	 * Connect, or fail. The container may call the handler with the first messages before
	 * this returns.
	 * @param request what to send
	 * @param handler is told of the session
	 * @return why it failed, or {@code null}
	 */
	@Nullable Disconnect connect(HandshakeRequest request, SocketHandler handler) {
		Container container = this.surroundings.container();
		BooleanSupplier open = () -> handler.socket() != null;
		CheckedContainer checked = new CheckedContainer(container, open, headers(request));
		try {
			DiscreetClient client = new DiscreetClient(checked);
			client.setTaskExecutor(new TaskExecutorAdapter(Runnable::run));
			client.setUserProperties(ContainerProperties.of(this.settings));
			if ("wss".equals(request.uri().getScheme())) {
				client.setSslContext(container.tls(sslContext(), open));
			}
			client.connect(handler, request, this.settings.handshake().compression() ? COMPRESSION : List.of()).join();
			return null;
		}
		catch (UnusableBundleException ex) {
			return Disconnect.of(Kind.TLS_FAILED, String.valueOf(ex.getMessage()))
				.causedBy(Objects.requireNonNullElse(ex.getCause(), ex));
		}
		catch (Throwable ex) {
			Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
			return failure(request.uri(), cause,
					RetryAfter.parse(checked.retryAfter(), this.surroundings.time().now()));
		}
	}

	private static Map<String, List<String>> headers(HandshakeRequest request) {
		Map<String, List<String>> result = new LinkedHashMap<>();
		request.headers().forEach((name, value) -> {
			if (!OWNED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				result.put(name, List.of(value));
			}
		});
		return result;
	}

	private Disconnect failure(URI uri, Throwable cause, @Nullable Duration retryAfter) {
		Disconnect proxy = isProxied(uri) ? ProxyFailures.of(cause, this.settings.security().proxy() != null) : null;
		return (proxy != null) ? proxy : HandshakeFailures.of(cause, retryAfter);
	}

	/**
	 * Return whether a proxy of the JVM's is to connect, so that it does not matter
	 * whether this machine knows the host.
	 * @param uri the address
	 * @return whether there is a proxy for it
	 */
	static boolean isProxied(URI uri) {
		ProxySelector selector = ProxySelector.getDefault();
		if (selector == null) {
			return false;
		}
		URI http = URI.create("http" + uri.toString().substring("ws".length()));
		return selector.select(http).stream().anyMatch((proxy) -> proxy.type() == Proxy.Type.HTTP);
	}

	/**
	 * Return keys and trusted certificates. No container lets go of the verification of
	 * the host name because of them: Tomcat and Tyrus ask the engine for it.
	 */
	private @Nullable SSLContext sslContext() {
		String bundle = this.settings.security().sslBundle();
		if (bundle == null) {
			return null;
		}
		try {
			return this.surroundings.ssl().of(bundle);
		}
		catch (RuntimeException ex) {
			throw new UnusableBundleException(bundle, ex);
		}
	}

	/**
	 * There are no keys and certificates to connect with.
	 */
	@SuppressWarnings("serial") // never leaves the room
	private static final class UnusableBundleException extends RuntimeException {

		private UnusableBundleException(String bundle, RuntimeException cause) {
			super("the SSL bundle '" + bundle + "' cannot be used", cause);
		}

	}

	/**
	 * Spring's client without its first step, which logs the whole address, query and
	 * all, and without the headers, which it logs too.
	 */
	private static final class DiscreetClient extends StandardWebSocketClient {

		private DiscreetClient(WebSocketContainer container) {
			super(container);
		}

		private CompletableFuture<WebSocketSession> connect(WebSocketHandler handler, HandshakeRequest request,
				List<WebSocketExtension> extensions) {
			return executeInternal(handler, new HttpHeaders(), request.uri(), request.subprotocols(), extensions,
					Map.of());
		}

	}

}
