package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.websocketresilience.Disconnect;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link Transport} against {@link SimulatedNetwork}, in virtual time.
 */
class SimulatedTransportContractTests extends TransportContractTests {

	@Override
	protected Network createNetwork() {
		return new VirtualNetwork(SimulatedWorld.of(1));
	}

	private record VirtualNetwork(SimulatedWorld world) implements Network {

		private static final Duration LONGEST = Duration.ofSeconds(3);

		@Override
		public Transport transport() {
			return this.world.network();
		}

		@Override
		public Peer peer(Handshake handshake) {
			this.world.network().script(scriptOf(handshake));
			return new VirtualPeer(this.world.network());
		}

		private static Script scriptOf(Handshake handshake) {
			if (handshake instanceof Handshake.Refuse refuse) {
				return Script.refusing(Disconnect.refused(refuse.status(), null));
			}
			if (handshake instanceof Handshake.Accept accept) {
				Script script = new Script();
				script.handshake = accept.after().toNanos();
				script.greeting.addAll(accept.greeting());
				return script;
			}
			return Script.hanging();
		}

		@Override
		public void await(String what, BooleanSupplier condition) {
			long end = this.world.time().elapsed() + LONGEST.toNanos();
			this.world.settle();
			while (!condition.getAsBoolean() && this.world.nextAt() <= end) {
				this.world.time().moveTo(this.world.nextAt());
				this.world.settle();
			}
			assertThat(condition.getAsBoolean()).as(what).isTrue();
		}

		@Override
		public void awaitStuck(Supplier<Integer> progress) {
			this.world.advance(LONGEST);
			int before = progress.get();
			this.world.advance(LONGEST);
			assertThat(progress.get()).isEqualTo(before);
		}

		@Override
		public void close() {
			assertThat(this.world.network().violations()).isEmpty();
		}

	}

	private record VirtualPeer(SimulatedNetwork network) implements Peer {

		@Override
		public URI uri() {
			return URI.create("ws://localhost/");
		}

		private Optional<SimulatedAttempt> attempt() {
			return this.network.attempts().stream().findFirst();
		}

		@Override
		public boolean isConnected() {
			return attempt().filter(SimulatedAttempt::isStarted).isPresent();
		}

		@Override
		public boolean isGone() {
			return attempt().filter((attempt) -> attempt.isAborted() || attempt.socket().isEnded()).isPresent();
		}

		@Override
		public List<String> received() {
			return this.network.socket()
				.received()
				.stream()
				.map((frame) -> (frame instanceof Transport.Frame.Text text) ? text.text() : frame.toString())
				.toList();
		}

		@Override
		public List<Integer> closeCodes() {
			return this.network.socket().closeCodes();
		}

		@Override
		public void send(String text) {
			this.network.socket().text(text);
		}

		@Override
		public void close(int code, String reason) {
			this.network.socket().peerCloses(code, reason);
		}

		@Override
		public void reset() {
			this.network.socket().breaks();
		}

		@Override
		public void stopReading() {
			this.network.socket().stopReading();
		}

	}

}
