package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Nobody keeps a lock. All other tests in simulated time have one thread, which would not
 * notice.
 */
class LocksTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final TestConnection connection = new TestConnection().json(new FlatJson());

	@ParameterizedTest
	@EnumSource
	void noCallKeepsALock(Dispatch dispatch) {
		this.connection.settings((settings) -> settings
			.inbound(new Inbound(2, 2_000_000, InboundOverflow.PAUSE, dispatch, Duration.ofSeconds(60),
					OnSilence.REPORT))
			.outbound(new Outbound(WhenDisconnected.QUEUE, 10, 1000, Duration.ofSeconds(30), OutboundOverflow.REJECT,
					Duration.ofSeconds(10), new RateLimit(20, SECOND)))
			.autoReplies(List.of(new AutoReply(Pattern.compile("ping"), "pong")))
			.request(new Request("/id", null, Duration.ofSeconds(10), 3)));
		this.connection.transport().hold();
		step(this.connection::start);
		ManualSocket socket = this.connection.open();
		check();
		writes(socket);
		listens(socket);
		beats(socket);
		asks(socket);
		step(() -> this.connection.advance(Duration.ofSeconds(120)));
		step(() -> this.connection.engine().retire());
		step(() -> this.connection.advance(Duration.ofSeconds(10)));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSED);
	}

	private void writes(ManualSocket socket) {
		step(() -> this.connection.engine().send(new Message.Text("older"), "key"));
		Transport.Outbox writer = socket.running();
		step(() -> this.connection.engine().send(new Message.Text("newer"), "key"));
		step(socket::take);
		step(socket::flush);
		step(socket::take);
		step(() -> socket.done(null));
		assertThat(HeldLocks.of(writer)).isEmpty();
		writer.done(null);
		assertThat(HeldLocks.of(writer)).as("ended twice").isEmpty();
	}

	private void listens(ManualSocket socket) {
		step(this.connection::blockListeners);
		socket.duringPause(this::check);
		step(() -> socket.text("1"));
		step(() -> socket.text("2"));
		step(() -> socket.text("3"));
		step(this.connection::releaseListeners);
		step(() -> socket.text("ping"));
		step(() -> {
			socket.take();
			socket.flush();
			socket.done(null);
		});
	}

	private void beats(ManualSocket socket) {
		step(() -> this.connection.advance(Duration.ofSeconds(25)));
		step(() -> {
			socket.take();
			socket.flush();
			socket.done(null);
		});
		step(() -> socket.pong(1));
	}

	private void asks(ManualSocket socket) {
		step(() -> this.connection.engine().request("{}"));
		step(() -> {
			socket.take();
			socket.flush();
			socket.done(null);
		});
		step(() -> socket.text("{\"/id\":1}"));
		CompletableFuture<Message> withdrawn = this.connection.engine().request("{}");
		step(() -> withdrawn.cancel(false));
		step(() -> this.connection.engine().request("{\"/id\":\"late\"}"));
	}

	private void step(Runnable action) {
		action.run();
		check();
		this.connection.settle();
		check();
	}

	private void check() {
		assertThat(HeldLocks.of(this.connection.engine())).isEmpty();
	}

	@Test
	void nobodyKeepsALockWhoLooks() {
		this.connection.start();
		this.connection.open();
		ManagedConnection engine = this.connection.engine();
		List<Runnable> looks = List.of(engine::snapshot, engine::writing, engine::control, engine::inbound,
				engine::waitingEvents, engine.log()::isIdle, engine.log()::delivered, engine.log()::discardMessages,
				engine.log()::revive, engine.requests()::size);
		for (Runnable look : looks) {
			step(look);
		}
	}

	@Test
	void segmentKeepsNoLock() {
		DeliveryLog log = this.connection.engine().log();
		Segment segment = log.newSegment();
		List<Runnable> calls = List.of(segment::isPaused, segment::pausedNanos, segment::isAway, segment::awayNanos,
				segment::backAt, segment::toldBackAt, segment::link, segment::seal);
		for (Runnable call : calls) {
			call.run();
			assertThat(HeldLocks.of(segment)).isEmpty();
		}
	}

	@Test
	void observersKeepNoLockThoughOneFails() {
		SimulatedWorkers workers = new SimulatedWorkers();
		Observers observers = new Observers(List.of((event) -> {
			throw new IllegalStateException("fails");
		}), workers, new Completions(workers));
		observers.tell(new ConnectionEvent.Closing("test", 1, Instant.EPOCH));
		assertThat(HeldLocks.of(observers)).isEmpty();
		workers.runAll();
		assertThat(HeldLocks.of(observers)).isEmpty();
		assertThat(observers.failures()).isEqualTo(2);
		assertThat(HeldLocks.of(observers)).isEmpty();
	}

	@Test
	void roleThatFindsNoThreadKeepsNoLock() {
		ReentrantLock lock = new ReentrantLock();
		DrainerRole role = new DrainerRole(lock);
		assertThatIllegalStateException().isThrownBy(() -> role.submit(() -> {
			throw new IllegalStateException("no thread");
		}));
		assertThat(lock.isLocked()).isFalse();
	}

}
