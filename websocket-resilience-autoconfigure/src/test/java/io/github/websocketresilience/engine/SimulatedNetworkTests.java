package io.github.websocketresilience.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.Script.End;
import io.github.websocketresilience.engine.SimulatedSocket.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatedNetwork}: what the contract of {@link Transport} leaves to
 * the script.
 */
class SimulatedNetworkTests {

	private final SimulatedWorld world = SimulatedWorld.of(1);

	private final SimulatedNetwork network = this.world.network();

	private final ConnectionSettings settings = ConnectionSettings.builder("default", URI.create("ws://localhost/"))
		.build();

	private final Engine engine = new Engine();

	@Test
	void healthyServerAcceptsAfterItsTime() {
		connect(new Script());
		this.world.advance(Duration.ofNanos(Script.MS - 1));
		assertThat(this.engine.told).containsExactly("started", "prepare");
		this.world.advance(Duration.ofNanos(1));
		assertThat(this.engine.told).containsExactly("started", "prepare", "opened");
		assertThat(this.network.socket().state()).isEqualTo(State.OPEN);
	}

	@Test
	void refusalIsToldOnce() {
		connect(Script.refusing(Disconnect.refused(503, null)));
		advance(10);
		assertThat(this.engine.told).containsExactly("started", "prepare", "failed UPGRADE_REFUSED");
		assertThat(this.network.socket().state()).isEqualTo(State.NEVER_OPEN);
	}

	@Test
	void failedRequestFailsTheAttempt() {
		this.engine.request = CompletableFuture.failedFuture(new IllegalStateException("no token"));
		connect(new Script());
		advance(10);
		assertThat(this.engine.told).containsExactly("started", "prepare", "failed CUSTOMIZER_FAILED");
	}

	@Test
	void abortedAttemptTellsNothingMore() {
		Transport.Connecting connecting = connect(Script.hanging());
		advance(10);
		connecting.abort();
		advance(100_000);
		assertThat(this.engine.told).containsExactly("started", "prepare");
	}

	@Test
	void attemptMayOpenLateAfterItsAbort() {
		Script script = new Script();
		script.opensLate = true;
		connect(script).abort();
		advance(10);
		assertThat(this.engine.told).endsWith("opened");
	}

	@Test
	void attemptMayFailAfterItsAbort() {
		Script script = new Script();
		script.echoes = true;
		connect(script).abort();
		advance(10);
		assertThat(this.engine.told).containsExactly("failed CONNECT_FAILED");
	}

	@Test
	void attemptThatGetsNoThreadSaysSoOnce() {
		Script script = new Script();
		script.thread = SimulatedTime.NEVER;
		connect(script);
		advance(9_999);
		assertThat(this.engine.told).isEmpty();
		advance(100_000);
		assertThat(this.engine.told).containsExactly("delayed");
		this.network.heal();
		advance(10);
		assertThat(this.engine.told).containsExactly("delayed", "started", "prepare", "opened");
	}

	@Test
	void greetingComesBeforeOpened() {
		Script script = new Script().sending(0);
		script.opened = Script.MS;
		connect(script);
		advance(10);
		assertThat(this.engine.told).containsExactly("started", "prepare", "text s1-0", "opened");
	}

	@Test
	void messagesComeInOrderAtTheirTimes() {
		connect(new Script().sending(3 * Script.MS, 2 * Script.MS, 2 * Script.MS));
		advance(3);
		assertThat(this.engine.told).endsWith("opened", "piece", "binary s1-0", "text s1-1");
		advance(1);
		assertThat(this.engine.told).endsWith("text s1-1", "text s1-2");
	}

	@Test
	void pausedReaderKeepsMessagesForTheResume() {
		this.engine.pausesAt = 1;
		connect(new Script().sending(Script.MS, Script.MS, Script.MS));
		advance(10);
		assertThat(this.engine.told).endsWith("text s1-0");
		assertThat(this.network.socket().isPaused()).isTrue();
		this.network.socket().resumeReading();
		assertThat(this.engine.told).as("never inside resumeReading").endsWith("text s1-0");
		advance(0);
		assertThat(this.engine.told).endsWith("text s1-0", "piece", "binary s1-1", "text s1-2");
		assertThat(this.network.violations()).isEmpty();
	}

	@Test
	void pauseOffTheReadersThreadAndResumeWithoutPauseAreViolations() {
		connect(new Script());
		advance(10);
		this.network.socket().pauseReading();
		assertThat(this.network.violations()).hasSize(1);
		this.network.socket().resumeReading();
		this.network.socket().resumeReading();
		assertThat(this.network.violations()).hasSize(2);
	}

	@Test
	void writerTakesWritesAndFlushes() {
		open(new Script());
		write("u0", "u1");
		advance(0);
		assertThat(this.network.socket().received()).hasSize(2);
		assertThat(this.engine.told).endsWith("opened", "took u0", "flushed", "took u1", "flushed", "took nothing",
				"done");
	}

	@Test
	void writerMayFlushSeveral() {
		Script script = new Script();
		script.flushEvery = 2;
		open(script);
		write("u0", "u1", "u2");
		advance(0);
		assertThat(this.engine.told).endsWith("took u0", "took u1", "flushed", "took u2", "took nothing", "flushed",
				"done");
	}

	@Test
	void hangingWriterIsDoneInItsPlaceWithinOneSecondOfTheAbortAndMayComeBack() {
		Script script = new Script();
		script.hangsAt = 2;
		script.linger = 1000 * Script.MS;
		script.echoes = true;
		open(script);
		write("u0", "u1");
		advance(100_000);
		assertThat(this.engine.told).endsWith("took u0", "flushed", "took u1");
		this.network.socket().abort(1001);
		advance(999);
		assertThat(this.engine.told).endsWith("took u1", "text s1-0");
		advance(1);
		assertThat(this.engine.told).endsWith("took u1", "text s1-0", "failed CONNECTION_LOST", "done WRITE_FAILED");
		advance(10_000);
		assertThat(this.engine.told).containsOnlyOnce("took u1").endsWith("done WRITE_FAILED", "done WRITE_FAILED");
		assertThat(this.network.socket().received()).hasSize(1);
	}

	@Test
	void failedWriteIsToldByWriterAndReader() {
		Script script = new Script();
		script.failsAt = 1;
		open(script);
		write("u0");
		advance(1);
		assertThat(this.engine.told).endsWith("took u0", "done WRITE_FAILED", "failed CONNECTION_LOST");
		assertThat(this.network.socket().received()).isEmpty();
	}

	@Test
	void secondWriterAndWriteAfterCloseAreViolations() {
		open(new Script());
		write("u0");
		write("u1");
		assertThat(this.network.violations()).hasSize(1);
		advance(1);
		this.network.socket().close(1000, "");
		write("u2");
		assertThat(this.network.violations()).hasSize(2);
	}

	@Test
	void blackholeTakesWritesUntilItsBufferIsFull() {
		open(Script.ending(End.BLACKHOLE, 0));
		write("u0", "u1", "u2", "u3");
		advance(100_000);
		assertThat(this.engine.told).endsWith("took u0", "flushed", "took u1", "flushed", "took u2");
		assertThat(this.network.socket().received()).isEmpty();
		assertThat(this.network.socket().state()).isEqualTo(State.OPEN);
	}

	@Test
	void heartbeatIsAnsweredAfterItsTime() {
		Script script = new Script();
		script.reply = 5 * Script.MS;
		open(script);
		this.engine.frames.add(new Transport.Frame.Ping("p".getBytes(StandardCharsets.UTF_8)));
		write("hb 1");
		advance(4);
		assertThat(this.engine.told).endsWith("done");
		advance(1);
		assertThat(this.engine.told).endsWith("done", "pong p", "text hb 1");
	}

	@Test
	void endsAreToldAsScripted() {
		assertThat(endOf(End.CLOSE)).containsExactly("closed 1001");
		assertThat(endOf(End.RESET)).containsExactly("failed CONNECTION_LOST");
		assertThat(endOf(End.ERROR_THEN_CLOSE)).containsExactly("failed CONNECTION_LOST", "closed 1006");
	}

	@Test
	void closeFrameIsAnswered() {
		open(new Script());
		this.network.socket().close(1000, "");
		advance(0);
		assertThat(this.engine.told).endsWith("opened");
		advance(1);
		assertThat(this.engine.told).endsWith("opened", "closed 1000");
		assertThat(this.network.socket().state()).isEqualTo(State.CLOSED);
	}

	@Test
	void abortedSocketReadsNothingMoreUnlessItEchoes() {
		open(new Script().sending(5 * Script.MS));
		this.network.socket().abort(1001);
		advance(10);
		assertThat(this.engine.told).endsWith("opened");
		Script script = new Script();
		script.echoes = true;
		open(script);
		this.network.socket().abort(1001);
		advance(10);
		assertThat(this.engine.told).endsWith("opened", "text s2-0", "failed CONNECTION_LOST");
	}

	private Transport.Connecting connect(Script script) {
		this.network.script(script);
		return this.network.connect(this.settings, this.engine);
	}

	private void open(Script script) {
		connect(script);
		advance(1);
	}

	private List<String> endOf(End end) {
		open(Script.ending(end, 2 * Script.MS));
		this.engine.told.clear();
		advance(10);
		assertThat(this.network.socket().state()).isEqualTo(State.CLOSED);
		return List.copyOf(this.engine.told);
	}

	private void write(String... texts) {
		for (String text : texts) {
			this.engine.frames.add(new Transport.Frame.Text(text));
		}
		this.network.socket().write(this.engine);
	}

	private void advance(long millis) {
		this.world.advance(Duration.ofMillis(millis));
	}

	private final class Engine implements Transport.Attempt, Transport.Outbox {

		private final List<String> told = new ArrayList<>();

		private final Deque<Transport.Frame> frames = new ArrayDeque<>();

		private CompletionStage<HandshakeRequest> request = CompletableFuture
			.completedFuture(new HandshakeRequest(SimulatedNetworkTests.this.settings, 1, null));

		private int pausesAt;

		@Override
		public void started() {
			this.told.add("started");
		}

		@Override
		public void delayed() {
			this.told.add("delayed");
		}

		@Override
		public CompletionStage<HandshakeRequest> prepare() {
			this.told.add("prepare");
			return this.request;
		}

		@Override
		public void opened(Transport.Socket socket, String subprotocol) {
			this.told.add("opened");
		}

		@Override
		public void failed(Disconnect failure) {
			this.told.add("failed " + failure.kind());
		}

		@Override
		public void closed(int code, String reason) {
			this.told.add("closed " + code);
		}

		@Override
		public void text(String text) {
			this.told.add("text " + text);
			if (--this.pausesAt == 0) {
				SimulatedNetworkTests.this.network.socket().pauseReading();
			}
		}

		@Override
		public void binary(byte[] bytes) {
			this.told.add("binary " + new String(bytes, StandardCharsets.UTF_8));
		}

		@Override
		public void pong(byte[] payload) {
			this.told.add("pong " + new String(payload, StandardCharsets.UTF_8));
		}

		@Override
		public void piece() {
			this.told.add("piece");
		}

		@Override
		public Transport.@Nullable Frame next() {
			Transport.Frame frame = this.frames.poll();
			this.told.add("took " + ((frame instanceof Transport.Frame.Text text) ? text.text()
					: (frame != null) ? "ping" : "nothing"));
			return frame;
		}

		@Override
		public void flushed() {
			this.told.add("flushed");
		}

		@Override
		public void done(@Nullable Disconnect failure) {
			this.told.add((failure != null) ? "done " + failure.kind() : "done");
		}

	}

}
