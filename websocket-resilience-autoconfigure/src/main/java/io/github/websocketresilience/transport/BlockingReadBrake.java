package io.github.websocketresilience.transport;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The brake for any container: the reader blocks at the end of its callback, since a
 * container reads on only when that has returned. It costs a thread of the container for
 * as long as the pause lasts.
 */
final class BlockingReadBrake implements ReadBrake {

	private volatile boolean paused;

	private volatile boolean released;

	private volatile @Nullable Thread reader;

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		LockSupport.unpark(this.reader);
	}

	@Override
	public void callbackBegins() {
		// Only the end matters.
	}

	@Override
	public void callbackEnds() {
		if (!this.paused) {
			return;
		}
		this.reader = Thread.currentThread();
		boolean interrupted = false;
		while (this.paused && !this.released) {
			LockSupport.park(this);
			// Parking with the flag set would spin.
			interrupted |= Thread.interrupted();
		}
		this.reader = null;
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void release() {
		this.released = true;
		LockSupport.unpark(this.reader);
	}

}
