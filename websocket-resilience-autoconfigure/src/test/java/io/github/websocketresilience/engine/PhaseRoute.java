package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Brings a connection to a phase, ready for one input of {@link PhaseTable}. On the way
 * to every phase but Idle a first attempt fails and a second one opens, so there are
 * failures to count and timers that have fired.
 */
final class PhaseRoute {

	static final Duration SOON = Duration.ofSeconds(1);

	static final Disconnect FAILURE = Disconnect.of(Kind.CONNECT_FAILED, "refused");

	private static final Duration LATER = Duration.ofMinutes(1);

	private static final Set<ConnectionState> MAY_WAIT = Set.of(ConnectionState.IDLE, ConnectionState.CONNECTING,
			ConnectionState.WAITING);

	private final String input;

	private final ConnectionState phase;

	private final TestConnection connection = new TestConnection();

	private final ManagedConnection engine;

	private boolean givesUp;

	private @Nullable CompletableFuture<Void> future;

	PhaseRoute(String input, ConnectionState phase) {
		this.input = input;
		this.phase = phase;
		StandardReconnectPolicy policy = new StandardReconnectPolicy();
		this.engine = this.connection.json(new FlatJson())
			.settings(this::configure)
			.policy((context) -> this.givesUp ? Optional.empty() : policy.next(context))
			.engine();
		reach();
		this.givesUp = input.endsWith("no more");
	}

	private void configure(ConnectionSettings.Builder settings) {
		Duration interval = this.input.endsWith("heartbeats off") ? Duration.ZERO : soonIf("heartbeat timer");
		Duration timeout = this.input.endsWith("timeout 0") ? Duration.ZERO : soonIf("heartbeat timer");
		WhenDisconnected whenDisconnected = this.input.endsWith("reject") ? WhenDisconnected.REJECT
				: WhenDisconnected.QUEUE;
		settings.heartbeat(new Heartbeat(interval, timeout, 1, null, Reply.DEFAULT, Proof.ANY))
			.reconnect(new Reconnect(true, soonIf("retry"), 1, LATER, 0, -1, soonIf("stability"), Set.of(), Set.of()))
			.outbound(new Outbound(whenDisconnected, 10, 1000, soonIf("expiry"), OutboundOverflow.REJECT,
					soonIf("send timer"), this.input.equals("rate timer") ? new RateLimit(1, SOON) : null))
			.inbound(inbound())
			.request(new Request("/id", null, soonIf("request"), 10))
			.handshake(new Handshake(Map.of(), Map.of(), List.of(), soonIf("connect deadline")))
			.closeTimeout(soonIf("close timer"));
	}

	private Inbound inbound() {
		Duration maxSilence = this.input.startsWith("silence timer") ? SOON : null;
		OnSilence onSilence = this.input.endsWith("replace") ? OnSilence.RECONNECT : OnSilence.REPORT;
		return new Inbound(10, 2_000_000, InboundOverflow.PAUSE, Dispatch.QUEUED, maxSilence, onSilence);
	}

	/**
	 * What the input is about comes soon, everything else later.
	 */
	private Duration soonIf(String prefix) {
		return this.input.startsWith(prefix) ? SOON : LATER;
	}

	private void reach() {
		if (this.phase != ConnectionState.IDLE) {
			this.connection.start().fails(FAILURE);
			this.connection.advance(LATER);
			this.connection.open();
			this.engine.send("written");
			this.connection.settle();
			this.connection.transport().hold();
			beforeInOpen();
			goOn();
			this.connection.settle();
		}
		beforeInPhase();
		this.connection.settle();
	}

	/**
	 * Go on from Open.
	 */
	private void goOn() {
		switch (this.phase) {
			case IDLE, OPEN -> {
			}
			case CONNECTING -> this.engine.reconnect();
			case WAITING -> socket().breaks();
			case CLOSING -> this.engine.close();
			case CLOSED -> {
				this.engine.close();
				socket().peerCloses(1000);
			}
		}
	}

	private void beforeInOpen() {
		switch (this.input) {
			case "reconnect while writing", "close while writing", "send timer, a write hangs" -> hang();
			case "writerDone(w, unsent)", "writerDone(w, unsent), reject" -> {
				this.engine.send("written");
				this.future = this.engine.send("unsent");
				socket().take();
				socket().flush();
			}
			case "writerDone(w, nothing)" -> {
				hang();
				socket().flush();
			}
			case "heartbeat timer, one missed" -> {
				this.connection.advance(SOON);
				socket().writeAll();
			}
			case "planned reconnect timer" -> this.engine.renew();
			case "planned reconnect timer, writes" -> {
				hang();
				this.engine.renew();
			}
			case "stability timer, life proven" -> socket().text("alive");
			case "expiry timer" -> {
				hang();
				this.future = this.engine.send("waits behind a write");
			}
			case "rate timer" -> {
				this.future = this.engine.send("waits for a token");
			}
			case "request timer" -> {
				if (!MAY_WAIT.contains(this.phase)) {
					ask();
					socket().writeAll();
				}
			}
			default -> {
			}
		}
		this.connection.settle();
	}

	private void hang() {
		this.engine.send("hangs");
		socket().take();
	}

	private void ask() {
		this.future = this.engine.request("{}").thenAccept((reply) -> {
		});
	}

	private void beforeInPhase() {
		if (this.phase == ConnectionState.CONNECTING && !this.input.equals("attemptStarted(A)")) {
			this.connection.transport().attempt().starts();
		}
		if (this.input.equals("expiry timer") && MAY_WAIT.contains(this.phase)) {
			this.future = this.engine.send("waits");
		}
		if (this.input.equals("request timer") && MAY_WAIT.contains(this.phase)) {
			ask();
		}
	}

	TestConnection connection() {
		return this.connection;
	}

	/**
	 * Return the future of the message that the input is about, if it was sent on the
	 * way.
	 */
	@Nullable CompletableFuture<Void> future() {
		return this.future;
	}

	private ManualSocket socket() {
		return this.connection.transport().attempts().get(1).socket();
	}

}
