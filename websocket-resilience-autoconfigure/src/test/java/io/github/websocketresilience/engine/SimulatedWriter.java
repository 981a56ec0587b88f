package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an outbox hands out, taking and handing over as steps of their own. It
 * keeps the promise of the port: within 1 s of the abort the outbox is done, in the place
 * of a writer that hangs; that one may come back later.
 */
final class SimulatedWriter {

	private static final Disconnect FAILED = Disconnect.of(Kind.WRITE_FAILED, "write failed");

	private final SimulatedNetwork network;

	private final SimulatedSocket socket;

	private final SimulatedThread thread;

	private final SimulatedThread guard;

	private final List<Transport.Frame> unflushed = new ArrayList<>();

	private Transport.@Nullable Outbox running;

	private boolean writing;

	private boolean failed;

	private long progressAt;

	private int number;

	private int writes;

	private int flushes;

	private int swallowed;

	SimulatedWriter(SimulatedNetwork network, SimulatedSocket socket, int number) {
		this.network = network;
		this.socket = socket;
		this.thread = new SimulatedThread("writer " + number, false, network);
		this.guard = new SimulatedThread("guard of writer " + number, true, network);
	}

	void write(Transport.Outbox outbox) {
		if (this.running != null) {
			this.network.violated("a second writer on socket " + this.socket.number());
			return;
		}
		this.running = outbox;
		this.number = this.network.newWriter();
		this.thread.post("takes", 0, () -> take(outbox));
	}

	private void take(Transport.Outbox outbox) {
		if (this.socket.isEnded()) {
			// As when the abort comes right after the check.
			if (this.socket.script().echoes && outbox.next() != null) {
				this.network.violated("socket " + this.socket.number() + " hands out a frame after its end");
			}
			done(outbox, FAILED);
			return;
		}
		this.writing = false;
		this.socket.vitals().looked(false);
		Transport.Frame frame = outbox.next();
		this.progressAt = this.network.time().elapsed();
		if (frame == null) {
			finish(outbox);
			return;
		}
		this.network.taken().add(written(frame));
		if (Vitals.isHeartbeat(frame)) {
			this.socket.vitals().took();
		}
		this.writing = true;
		this.writes++;
		if (!hangs()) {
			this.thread.post("writes", this.socket.script().write, () -> written(outbox, frame));
		}
	}

	private boolean hangs() {
		if (this.socket.isSilent()) {
			this.swallowed++;
		}
		return this.writes == this.socket.script().hangsAt || this.swallowed > this.socket.script().buffer;
	}

	private void written(Transport.Outbox outbox, Transport.Frame frame) {
		if (this.socket.isEnded()) {
			done(outbox, FAILED);
			return;
		}
		if (this.writes == this.socket.script().failsAt) {
			fail(outbox);
			return;
		}
		this.unflushed.add(frame);
		if (this.socket.script().eager) {
			this.socket.receive(frame);
		}
		if (this.writes % this.socket.script().flushEvery != 0) {
			this.thread.post("takes", 0, () -> take(outbox));
		}
		else if (this.socket.script().flush == 0 && !breaksNextFlush()) {
			flush(outbox);
			this.thread.post("takes", 0, () -> take(outbox));
		}
		else {
			postFlush(outbox, () -> this.thread.post("takes", 0, () -> take(outbox)));
		}
	}

	private boolean breaksNextFlush() {
		int next = this.flushes + 1;
		return next == this.socket.script().flushHangsAt || next == this.socket.script().flushFailsAt;
	}

	/**
	 * Two signals of one end, in either order.
	 */
	private void fail(Transport.Outbox outbox) {
		this.failed = true;
		this.socket.breaks();
		this.thread.post("fails", 0, () -> done(outbox, FAILED));
	}

	private void postFlush(Transport.Outbox outbox, Runnable then) {
		if (this.flushes + 1 != this.socket.script().flushHangsAt) {
			this.thread.post("flushes", this.socket.script().flush, () -> tryFlush(outbox, then));
		}
	}

	private void tryFlush(Transport.Outbox outbox, Runnable then) {
		if (this.socket.isEnded()) {
			done(outbox, FAILED);
		}
		else if (this.flushes + 1 == this.socket.script().flushFailsAt) {
			this.flushes++;
			fail(outbox);
		}
		else {
			flush(outbox);
			then.run();
		}
	}

	private void flush(Transport.Outbox outbox) {
		this.flushes++;
		List<Transport.Frame> flushed = List.copyOf(this.unflushed);
		this.unflushed.clear();
		for (Transport.Frame frame : flushed) {
			if (Vitals.isHeartbeat(frame)) {
				this.socket.vitals().handedOver();
			}
			this.network.flushed().add(written(frame));
			if (!this.socket.script().eager) {
				this.socket.receive(frame);
			}
		}
		this.writing = false;
		this.socket.vitals().looked(false);
		outbox.flushed();
	}

	private SimulatedNetwork.Written written(Transport.Frame frame) {
		return new SimulatedNetwork.Written(this.socket.number(), this.number, this.network.time().elapsed(), frame);
	}

	private void finish(Transport.Outbox outbox) {
		if (this.unflushed.isEmpty()) {
			this.thread.post("ends", 0, () -> done(outbox, this.socket.isEnded() ? FAILED : null));
		}
		else {
			this.writing = true;
			postFlush(outbox, () -> done(outbox, null));
		}
	}

	private void done(Transport.Outbox outbox, @Nullable Disconnect failure) {
		if (this.running == outbox) {
			this.running = null;
			this.writing = false;
			this.unflushed.clear();
			this.guard.clear();
		}
		outbox.done(failure);
	}

	void abort(long linger) {
		Transport.Outbox outbox = this.running;
		if (outbox == null || !this.guard.isEmpty()) {
			return;
		}
		this.guard.post("is done in its place", linger, () -> done(outbox, FAILED));
		if (this.socket.script().echoes && this.writing && this.thread.isEmpty()) {
			this.thread.post("comes back", 2 * linger, () -> done(outbox, FAILED));
		}
	}

	/**
	 * Return whether a write has failed.
	 */
	boolean hasFailed() {
		return this.failed;
	}

	boolean isRunning() {
		return this.running != null;
	}

	/**
	 * Return for how long the frame that was taken last has been neither reported as
	 * flushed nor followed by another, zero if there is none.
	 */
	long stuckFor() {
		return (this.running != null && this.writing) ? this.network.time().elapsed() - this.progressAt : 0;
	}

}
