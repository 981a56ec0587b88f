package io.github.websocketresilience.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A client of the sample's endpoints that is not ours.
 */
final class Visitor implements WebSocket.Listener, AutoCloseable {

	private static final HttpClient http = HttpClient.newHttpClient();

	private final List<String> texts = new CopyOnWriteArrayList<>();

	private final StringBuilder unfinished = new StringBuilder();

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	private final WebSocket socket;

	private final boolean deaf;

	private Visitor(String url, String origin, boolean deaf) {
		this.deaf = deaf;
		this.socket = http.newWebSocketBuilder().header("Origin", origin).buildAsync(URI.create(url), this).join();
	}

	static Visitor at(String url) {
		return at(url, "http://localhost:8080");
	}

	static Visitor at(String url, String origin) {
		return new Visitor(url, origin, false);
	}

	/**
	 * Connect, and read nothing.
	 * @param url the address
	 * @param origin whose page asks
	 * @return the visitor
	 */
	static Visitor deaf(String url, String origin) {
		return new Visitor(url, origin, true);
	}

	/**
	 * Return with what status an upgrade is refused.
	 * @param url the address
	 * @param origin whose page asks
	 * @return the status, 101 if it is not refused
	 */
	static int refusal(String url, String origin) {
		try {
			at(url, origin).close();
			return 101;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused) {
				return refused.getResponse().statusCode();
			}
			throw ex;
		}
	}

	Visitor say(String text) {
		this.socket.sendText(text, true).join();
		return this;
	}

	WebSocket socket() {
		return this.socket;
	}

	List<String> texts() {
		return this.texts;
	}

	String await(Predicate<String> wanted) {
		Awaitility.await().atMost(Sample.PATIENCE).until(() -> this.texts.stream().anyMatch(wanted));
		return this.texts.stream().filter(wanted).findFirst().orElseThrow();
	}

	String hears(String text) {
		return await(text::equals);
	}

	/**
	 * Wait for the end.
	 * @return close code and reason, or {@code failed}
	 */
	String end() {
		Awaitility.await("end").atMost(Sample.PATIENCE).until(this.ended::isDone);
		return this.ended.join();
	}

	boolean isOpen() {
		return !this.ended.isDone();
	}

	@Override
	public void onOpen(WebSocket socket) {
		if (!this.deaf) {
			socket.request(1);
		}
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.unfinished.append(data);
		if (last) {
			this.texts.add(this.unfinished.toString());
			this.unfinished.setLength(0);
		}
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		this.ended.complete((code + " " + reason).trim());
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.ended.complete("failed");
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
