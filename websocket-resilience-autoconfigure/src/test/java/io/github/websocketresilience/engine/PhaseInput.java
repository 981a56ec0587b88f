package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.SendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@link PhaseTable}: gives its input to a connection in some phase.
 */
final class PhaseInput {

	private final String input;

	private final ConnectionState phase;

	private final TestConnection connection;

	private final ManagedConnection engine;

	private final Transport.Attempt current;

	private final Transport.Attempt old;

	private @Nullable CompletableFuture<Void> future;

	PhaseInput(String input, ConnectionState phase) {
		this.input = input;
		this.phase = phase;
		PhaseRoute route = new PhaseRoute(input, phase);
		this.connection = route.connection();
		this.engine = this.connection.engine();
		this.future = route.future();
		List<ManualAttempt> attempts = this.connection.transport().attempts();
		boolean idle = attempts.isEmpty();
		this.current = idle ? this.engine.newAttempt() : attempts.get(attempts.size() - 1).engine();
		this.old = idle ? this.engine.newAttempt() : attempts.get(attempts.size() - 2).engine();
	}

	/**
	 * Return whether the input can come at all.
	 */
	boolean exists() {
		if (this.input.startsWith("writerDone")) {
			return this.engine.writer() != null;
		}
		return timer() == null || this.connection.clock().pending().contains(timer());
	}

	private @Nullable String timer() {
		if (this.input.startsWith("connect deadline")) {
			return "connect deadline";
		}
		int end = this.input.indexOf(" timer");
		return (end > 0) ? this.input.substring(0, end) : null;
	}

	void give() {
		if (timer() != null) {
			fire(timer());
		}
		else if (exists()) {
			call();
		}
		this.connection.settle();
	}

	/**
	 * A timer that cannot exist any more may have fired before it was cancelled.
	 */
	private void fire(String timer) {
		if (exists()) {
			this.connection.advance(Duration.ofNanos(this.connection.clock().delayOf(timer)));
		}
		else {
			this.connection.time().runLate(timer);
		}
		if (this.input.endsWith("then a proof") && this.phase == ConnectionState.OPEN) {
			socket().text("alive");
		}
	}

	private void call() {
		switch (this.input) {
			case "start" -> this.engine.start();
			case "start, then peerClosed(A)" -> {
				this.engine.start();
				this.current.closed(1000, "");
			}
			case "start, close, peerClosed(A)" -> {
				this.engine.start();
				this.engine.close();
				this.current.closed(1000, "");
			}
			case "send", "send under reject" -> about(this.engine.send("message"));
			case "reconnect", "reconnect while writing" -> this.engine.reconnect();
			case "renew" -> this.engine.renew();
			case "close", "close while writing" -> about(this.engine.close());
			case "attemptStarted(A)" -> this.current.started();
			case "attemptStarted(old)" -> this.old.started();
			case "opened(A, s)" -> this.current.opened(stray(this.current), "");
			case "opened(old, s)" -> this.old.opened(stray(this.old), "");
			case "failed(A)", "failed(A), no more" -> this.current.failed(PhaseRoute.FAILURE);
			case "failed(old)" -> this.old.failed(PhaseRoute.FAILURE);
			case "peerClosed(A)" -> this.current.closed(1001, "");
			case "peerClosed(old)" -> this.old.closed(1001, "");
			case "writerDone(w, unsent)", "writerDone(w, unsent), reject", "writerDone(w, nothing)" ->
				socket().done(null);
			default -> throw new IllegalArgumentException(this.input);
		}
	}

	private void about(CompletableFuture<Void> future) {
		this.future = future;
	}

	boolean bringsSocket() {
		return this.input.startsWith("opened");
	}

	private ManualSocket stray(Transport.Attempt attempt) {
		return new ManualSocket(this.connection.transport(), "s", attempt);
	}

	/**
	 * Return what became of the message, the request or the close.
	 */
	String future() {
		CompletableFuture<Void> result = this.future;
		if (result == null || !result.isDone()) {
			return (result != null) ? "pending" : "none";
		}
		return result.handle((nothing, failure) -> (failure != null) ? reason(failure) : "done").join();
	}

	private static String reason(Throwable failure) {
		if (failure.getCause() instanceof RequestFailedException failed) {
			return failed.reason().name();
		}
		return (failure instanceof SendFailedException failed) ? failed.reason().name() : failure.toString();
	}

	/**
	 * Write a call with the current attempt as A.
	 */
	String relative(String call) {
		return call.replace((this.phase == ConnectionState.CONNECTING) ? "#3" : "#2", "A");
	}

	TestConnection connection() {
		return this.connection;
	}

	private ManualSocket socket() {
		return this.connection.transport().attempts().get(1).socket();
	}

}
