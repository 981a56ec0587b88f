package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt and its socket meet. As created: a healthy server that accepts after 1
 * ms, answers heartbeats and close frames after 1 ms and sends nothing by itself. All
 * times are nanoseconds.
 */
final class Script {

	static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

	/** Until the attempt gets a thread. */
	long thread;

	/** From then until the request is asked for, as behind a slow customizer. */
	long prepare;

	/** From the request to the outcome of the handshake. */
	long handshake = MS;

	/** The outcome, if it is not an open socket. */
	@Nullable Disconnect refusal;

	/** Whether an abort of the attempt does not stop it. */
	boolean opensLate;

	/** From the server's accept to the engine being told: greetings come before. */
	long opened;

	/** Texts that the server sends together with its accept. */
	final List<String> greeting = new ArrayList<>();

	/** When messages of the server come, counted from its accept. */
	final List<Long> messages = new ArrayList<>();

	/** When texts come that are to be ignored, counted from its accept. */
	final List<Long> noises = new ArrayList<>();

	/** When replies come to requests of somebody else, counted from its accept. */
	final List<Long> strays = new ArrayList<>();

	/** When the answers to each request come, counted from it; then from the start. */
	List<List<Long>> answers = List.of(List.of(MS));

	/** Where the id of a request is in its answer. */
	String replyId = "/id";

	/** When heartbeats of the server come, texts that want an answer. */
	final List<Long> pings = new ArrayList<>();

	/** From a heartbeat to its answer. */
	long reply = MS;

	/** From our close frame to the server's. */
	long closeReply = MS;

	End end = End.NONE;

	/** When the end comes, counted from the server's accept. */
	long endAt = SimulatedTime.NEVER;

	int closeCode = 1001;

	/** How long each write takes. */
	long write;

	/** After how many writes they are reported as flushed. */
	int flushEvery = 1;

	/** Whether the server gets a frame when it is written, not when it is flushed. */
	boolean eager;

	/** How long each flush takes. */
	long flush;

	/** Which flush hangs until the socket is aborted, from 1 on. */
	int flushHangsAt;

	/** Which flush fails, from 1 on. */
	int flushFailsAt;

	/** Which write hangs until the socket is aborted, from 1 on. */
	int hangsAt;

	/** Which write fails, from 1 on. */
	int failsAt;

	/** How many writes the buffer takes after the end by blackhole. */
	int buffer = 2;

	/** From the abort to the report in the place of a writer that hangs, at most 1 s. */
	long linger = MS;

	/** Whether something is still called back after an abort. */
	boolean echoes;

	/**
	 * Return whether writing to it fails or hangs some time.
	 */
	boolean breaksWrites() {
		return this.hangsAt > 0 || this.failsAt > 0 || this.flushHangsAt > 0 || this.flushFailsAt > 0;
	}

	static Script refusing(Disconnect refusal) {
		Script script = new Script();
		script.refusal = refusal;
		return script;
	}

	static Script hanging() {
		Script script = new Script();
		script.handshake = SimulatedTime.NEVER;
		return script;
	}

	static Script ending(End end, long at) {
		Script script = new Script();
		script.end = end;
		script.endAt = at;
		return script;
	}

	/**
	 * Let the server send messages.
	 * @param times when, counted from its accept
	 * @return this
	 */
	Script sending(long... times) {
		for (long time : times) {
			this.messages.add(time);
		}
		return this;
	}

	/**
	 * How a socket ends without our doing.
	 */
	enum End {

		/** Not at all. */
		NONE,

		/** The server sends a close frame. */
		CLOSE,

		/** TCP breaks. */
		RESET,

		/** TCP breaks, and the end is told a second time as a close. */
		ERROR_THEN_CLOSE,

		/** Nothing comes any more and nobody says so; writes fill a buffer. */
		BLACKHOLE

	}

}
