package io.github.websocketresilience;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.engine.Ports;
import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.Workers;

/**
 * Everything outside the engine on one thread, for tests of what users see of it: time
 * passes when a test says so, and one server is up, silent or down. What goes wrong
 * inside the engine is the business of its own tests.
 */
final class ScriptedWorld implements Time, Workers, Transport {

	private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final PriorityQueue<Task> timers = new PriorityQueue<>(
			Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

	private final Random random = new Random(42);

	private long nanos;

	private long number;

	private boolean down;

	private boolean silent;

	private Attempt attempt;

	Ports ports() {
		return new Ports(this, this, this);
	}

	void down(boolean down) {
		this.down = down;
	}

	void silent(boolean silent) {
		this.silent = silent;
	}

	void receive(String text) {
		this.attempt.text(text);
		run();
	}

	void run() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	void pass(Duration time) {
		run();
		long end = this.nanos + time.toNanos();
		while (!this.timers.isEmpty() && this.timers.peek().due() <= end) {
			Task next = this.timers.remove();
			this.nanos = Math.max(this.nanos, next.due());
			next.task().run();
			run();
		}
		this.nanos = end;
	}

	@Override
	public long nanoTime() {
		return this.nanos;
	}

	@Override
	public Instant now() {
		return START.plusNanos(this.nanos);
	}

	@Override
	public Scheduled schedule(String name, long delayNanos, Runnable task) {
		Task timer = new Task(this.nanos + Math.max(0, delayNanos), this.number++, task);
		this.timers.add(timer);
		return () -> this.timers.remove(timer);
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public void io(Runnable task) {
		this.tasks.add(task);
	}

	@Override
	public void listeners(String connection, Runnable task) {
		this.tasks.add(task);
	}

	@Override
	public void completions(Runnable task) {
		this.tasks.add(task);
	}

	@Override
	public void retain() {
	}

	@Override
	public void release() {
	}

	@Override
	public Connecting connect(ConnectionSettings settings, Attempt attempt) {
		this.attempt = attempt;
		this.tasks.add(() -> {
			attempt.started();
			if (this.down) {
				attempt.failed(Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused"));
			}
			else {
				attempt.prepare().thenRun(() -> attempt.opened(new ScriptedSocket(attempt), ""));
			}
		});
		return () -> {
		};
	}

	private record Task(long due, long number, Runnable task) {
	}

	private final class ScriptedSocket implements Socket {

		private final Attempt attempt;

		ScriptedSocket(Attempt attempt) {
			this.attempt = attempt;
		}

		@Override
		public void write(Outbox outbox) {
			ScriptedWorld.this.tasks.add(() -> {
				List<Frame> frames = new ArrayList<>();
				for (Frame frame = outbox.next(); frame != null; frame = outbox.next()) {
					frames.add(frame);
				}
				outbox.flushed();
				outbox.done(null);
				frames.forEach(this::answer);
			});
		}

		private void answer(Frame frame) {
			if (frame instanceof Frame.Ping ping && !ScriptedWorld.this.silent) {
				this.attempt.pong(ping.payload());
			}
		}

		@Override
		public void close(int code, String reason) {
			ScriptedWorld.this.tasks.add(() -> this.attempt.closed(code, reason));
		}

		@Override
		public void abort(int code) {
		}

		@Override
		public void pauseReading() {
		}

		@Override
		public void resumeReading() {
		}

	}

}
