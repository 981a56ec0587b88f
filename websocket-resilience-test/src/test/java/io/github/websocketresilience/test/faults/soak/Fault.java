package io.github.websocketresilience.test.faults.soak;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.test.ServerConnection;

/**
 * What is done to a connection that is open. Each is drawn as often as its weight says.
 */
enum Fault {

	RST(6, "RST", (stage, peer, socket) -> socket.connection().dropWithReset()),

	FIN(3, "FIN without a close frame", (stage, peer, socket) -> socket.connection().dropWithFin()),

	HALF_OPEN(3, "TCP stays, the server says nothing", (stage, peer, socket) -> {
		socket.stopFeeding();
		socket.connection().halfOpen();
	}),

	STOP_READING(2, "the server stops reading and sending", (stage, peer, socket) -> {
		socket.stopFeeding();
		socket.connection().stopReading();
	}),

	READ_LATER(2, "the server stops reading for up to 1.5 s", (stage, peer, socket) -> {
		socket.connection().stopReading();
		stage.later(Duration.ofMillis(stage.between(100, 1500)), socket.connection()::resumeReading);
	}),

	STUCK_WRITER(2, "4 MB for a server that stops reading", (stage, peer, socket) -> {
		socket.stopFeeding();
		socket.connection().stopReading();
		stage.command("burst %s 40 100000", peer.name());
	}),

	SWALLOW_HEARTBEATS(3, "heartbeats are not answered, messages go on",
			(stage, peer, socket) -> socket.stopAnswering()),

	CLOSE_FRAME(6, "close frame of the server, ten codes", (stage, peer, socket) -> {
		socket.stopFeeding();
		int code = stage.oneOf(List.of(1000, 1001, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4401));
		socket.connection().close(code, "planned");
	}),

	GARBAGE(4, "frame that breaks the protocol, five kinds", (stage, peer, socket) -> {
		socket.stopFeeding();
		garbage(stage.between(1, 5), socket.connection());
	}),

	FLOOD(4, "500 to 3,000 messages of the server at once",
			(stage, peer, socket) -> socket.flood(stage.between(500, 3000))),

	REFUSE(5, "refused, eight statuses", (stage, peer, socket) -> {
		int status = stage.oneOf(List.of(302, 400, 401, 403, 404, 429, 500, 503));
		peer.breakThen((next) -> next.refuse(status));
	}),

	ACCEPT_LATE(2, "accepted after up to 3 s", (stage, peer, socket) -> {
		Duration delay = Duration.ofMillis(stage.between(100, 3000));
		peer.breakThen((next) -> next.acceptAfter(delay));
	}),

	DRIP(2, "accepted byte by byte, up to 40 ms each", (stage, peer, socket) -> {
		Duration interval = Duration.ofMillis(stage.between(1, 40));
		peer.breakThen((next) -> next.acceptByteByByte(interval));
	}),

	NEVER_ANSWER(2, "the handshake is not answered",
			(stage, peer, socket) -> peer.breakThen((next) -> next.neverAnswer())),

	WRONG_KEY(2, "wrong accept key", (stage, peer, socket) -> peer.breakThen((next) -> next.acceptWithWrongKey())),

	END_AT_OPEN(3, "RST as soon as open",
			(stage, peer, socket) -> peer.breakThenGreet((opened) -> opened.connection().dropWithReset())),

	FLOOD_AT_OPEN(3, "1,000 messages as soon as open",
			(stage, peer, socket) -> peer.breakThenGreet((opened) -> opened.flood(1000))),

	SERVER_DOWN(3, "server gone for up to 3 s", (stage, peer, socket) -> {
		peer.server().stop();
		stage.reserve(peer, Duration.ofMillis(stage.between(100, 3000)), peer.server()::start);
	}),

	ALL_DOWN(1, "all servers gone for up to 2 s", (stage, peer, socket) -> {
		int millis = stage.between(100, 2000);
		stage.peers().stream().filter((other) -> !other.isUntouchable()).forEach((other) -> {
			other.server().stop();
			stage.reserve(other, Duration.ofMillis(millis), other.server()::start);
		});
	}),

	LISTENER_THROWS(3, "listener throws, up to 20 times",
			(stage, peer, socket) -> stage.command("throw %s %d", peer.name(), stage.between(1, 20))),

	LISTENER_BLOCKS(3, "listener blocks for up to 3 s",
			(stage, peer, socket) -> stage.command("block %s %d", peer.name(), stage.between(100, 3000))),

	BURST(3, "up to 2,000 messages of ours at once",
			(stage, peer, socket) -> stage.command("burst %s %d 100", peer.name(), stage.between(100, 2000))),

	RECONNECT(4, "our own reconnect()", (stage, peer, socket) -> stage.command("reconnect %s", peer.name())),

	CLOSE(4, "our own close(), start() after up to 5 s", (stage, peer, socket) -> {
		stage.command("close %s", peer.name());
		stage.reserve(peer, Duration.ofMillis(stage.between(200, 5000)), () -> stage.command("start %s", peer.name()));
	}),

	STALL(1, "our own process stands still for 1 s (SIGSTOP)", (stage, peer, socket) -> {
		stage.client().suspend();
		stage.pause(Duration.ofSeconds(1));
		stage.client().resume();
	});

	private final int weight;

	private final String description;

	private final Action action;

	Fault(int weight, String description, Action action) {
		this.weight = weight;
		this.description = description;
		this.action = action;
	}

	int weight() {
		return this.weight;
	}

	String description() {
		return this.description;
	}

	void inflict(Stage stage, Peer peer, PeerSocket socket) {
		this.action.inflict(stage, peer, socket);
	}

	private static void garbage(int kind, ServerConnection connection) {
		switch (kind) {
			case 1 -> connection.sendInvalidUtf8();
			case 2 -> connection.sendReservedOpcode();
			case 3 -> connection.sendReservedBits("planned");
			case 4 -> connection.sendMasked("planned");
			default -> connection.announceFrame(100_000_000);
		}
	}

	/**
	 * What is done.
	 */
	@FunctionalInterface
	interface Action {

		/**
		 * Do it.
		 * @param stage all there is
		 * @param peer the server
		 * @param socket its socket, open and unbroken
		 */
		void inflict(Stage stage, Peer peer, PeerSocket socket);

	}

}
