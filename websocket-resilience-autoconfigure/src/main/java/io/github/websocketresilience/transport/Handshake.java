package io.github.websocketresilience.transport;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.Time.Scheduled;
import io.github.websocketresilience.engine.Transport.Attempt;
import io.github.websocketresilience.engine.Transport.Connecting;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.WebSocketSession;

/**
 * One attempt: waits for a thread, has the request prepared, has the host looked up and
 * makes the container connect. It holds a thread only while something is done for it.
 */
final class Handshake implements Connecting {

	private static final int UNEXPECTED = 1011;

	private final ConnectionSettings settings;

	private final Attempt attempt;

	private final Surroundings surroundings;

	private final HandshakeLimits limits;

	private final Interruption interruption;

	private final AtomicBoolean waitsForThread = new AtomicBoolean(true);

	private volatile @Nullable Scheduled delayed;

	Handshake(ConnectionSettings settings, Attempt attempt, Surroundings surroundings, HandshakeLimits limits) {
		this.settings = settings;
		this.attempt = attempt;
		this.surroundings = surroundings;
		this.limits = limits;
		AbandonedHandshakes abandoned = limits.abandoned();
		this.interruption = new Interruption(() -> abandoned.abandoned(settings.name()),
				() -> abandoned.returned(settings.name()));
	}

	void begin() {
		long patience = this.settings.handshake().connectTimeout().toNanos();
		this.delayed = this.surroundings.time().schedule("handshake thread", patience, this::stillWaiting);
		this.limits.abandoned().whenFew(this.settings.name(), () -> onThread(this::prepare));
	}

	@Override
	public void abort() {
		stopWaiting();
		this.interruption.giveUp();
	}

	private void onThread(Runnable step) {
		this.surroundings.workers().handshakes(() -> {
			if (this.interruption.enter()) {
				attemptStep(step);
			}
		});
	}

	private void attemptStep(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			fail(Disconnect.of(Kind.INTERNAL_ERROR, "the handshake failed unexpectedly").causedBy(ex));
		}
	}

	private void prepare() {
		stopWaiting();
		this.attempt.started();
		CompletionStage<HandshakeRequest> stage = this.attempt.prepare();
		CompletableFuture<HandshakeRequest> future = stage.toCompletableFuture();
		if (future.isDone()) {
			prepared(future);
		}
		else if (this.interruption.pause()) {
			stage.whenComplete((request, ex) -> onThread(() -> prepared(future)));
		}
	}

	private void prepared(CompletableFuture<HandshakeRequest> future) {
		HandshakeRequest request;
		try {
			request = future.join();
		}
		catch (RuntimeException ex) {
			Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
			fail(Disconnect.of(Kind.CUSTOMIZER_FAILED, "a handshake customizer failed").causedBy(cause));
			return;
		}
		lookUp(request);
	}

	private void lookUp(HandshakeRequest request) {
		HostLookup.Lookup lookup = this.limits.lookup().join(request.uri().getHost());
		if (lookup.isMine()) {
			connect(request, lookup.run());
		}
		else if (this.interruption.pause()) {
			lookup.result().thenAccept((failure) -> onThread(() -> connect(request, failure)));
		}
	}

	private void connect(HandshakeRequest request, Optional<Throwable> unknownHost) {
		if (unknownHost.isPresent() && !HandshakeClient.isProxied(request.uri())) {
			fail(HandshakeFailures.unknownHost(unknownHost.get()));
			return;
		}
		SocketHandler handler = new SocketHandler(this.attempt, this::open, this.settings.maxMessageSize());
		Disconnect failure = new HandshakeClient(this.settings, this.surroundings).connect(request, handler);
		SpringSocket socket = handler.socket();
		if (socket == null) {
			fail((failure != null) ? failure
					: Disconnect.of(Kind.INTERNAL_ERROR, "the container did not open a session"));
		}
		else if (failure != null) {
			socket.fail(failure, UNEXPECTED);
		}
		else {
			socket.handshakeReturned();
		}
	}

	/**
	 * The handshake ends here, on its thread, which goes on as the first reader.
	 * @param session the open session
	 * @return its socket, also if the attempt was given up: the engine aborts it
	 */
	private SpringSocket open(WebSocketSession session) {
		this.interruption.finish();
		return new SpringSocket(session, this.attempt, this.surroundings, this.settings.closeTimeout());
	}

	private void fail(Disconnect failure) {
		if (this.interruption.finish()) {
			this.attempt.failed(failure);
		}
	}

	private void stillWaiting() {
		if (this.waitsForThread.compareAndSet(true, false)) {
			this.attempt.delayed();
		}
	}

	private void stopWaiting() {
		this.waitsForThread.set(false);
		Scheduled scheduled = this.delayed;
		if (scheduled != null) {
			scheduled.cancel();
		}
	}

}
