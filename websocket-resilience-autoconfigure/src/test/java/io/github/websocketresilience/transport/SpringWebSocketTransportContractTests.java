package io.github.websocketresilience.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.websocketresilience.engine.Transport;
import io.github.websocketresilience.engine.TransportContractTests;
import org.awaitility.Awaitility;

/**
 * The contract on real sockets.
 */
class SpringWebSocketTransportContractTests extends TransportContractTests {

	@Override
	protected Network createNetwork() {
		return new RealNetwork(new RealTransport(), () -> {
		});
	}

	static class RealNetwork implements Network {

		private static final Duration STUCK = Duration.ofMillis(500);

		private final RealTransport transport;

		private final Runnable atTheEnd;

		private final List<RawServer> servers = new CopyOnWriteArrayList<>();

		RealNetwork(RealTransport transport, Runnable atTheEnd) {
			this.transport = transport;
			this.atTheEnd = atTheEnd;
		}

		@Override
		public Transport transport() {
			return this.transport.transport();
		}

		@Override
		public Peer peer(Handshake handshake) {
			RawServer server = server((connection) -> serve(connection, handshake));
			this.servers.add(server);
			return new RealPeer(server);
		}

		@Override
		public void await(String what, BooleanSupplier condition) {
			Awaitility.await(what)
				.atMost(RealTransport.PROMISED)
				.pollInterval(Duration.ofMillis(5))
				.until(condition::getAsBoolean);
		}

		@Override
		public void awaitStuck(Supplier<Integer> progress) {
			Awaitility.await("standstill")
				.atMost(RealTransport.PROMISED)
				.pollInterval(STUCK)
				.until(new Standstill(progress)::isReached);
		}

		@Override
		public void close() {
			this.transport.close();
			this.atTheEnd.run();
			this.servers.forEach(RawServer::close);
		}

		RawServer server(RawServer.Script script) {
			return new RawServer(script);
		}

		private static void serve(RawServer.Connection connection, Handshake handshake) throws Exception {
			if (handshake instanceof Handshake.Refuse refuse) {
				connection.refuse(refuse.status());
			}
			else if (handshake instanceof Handshake.Accept accept) {
				connection.linger(accept.after());
				connection.accept();
				connection.sendTexts(accept.greeting());
			}
			else {
				connection.readRequest();
			}
			connection.serve();
		}

	}

	static final class Standstill {

		private final Supplier<Integer> progress;

		private int last = -1;

		Standstill(Supplier<Integer> progress) {
			this.progress = progress;
		}

		boolean isReached() {
			int before = this.last;
			this.last = this.progress.get();
			return this.last == before;
		}

	}

	private record RealPeer(RawServer server) implements Peer {

		@Override
		public URI uri() {
			return this.server.uri();
		}

		@Override
		public boolean isConnected() {
			return !this.server.connections().isEmpty();
		}

		@Override
		public boolean isGone() {
			return isConnected() && connection().isGone();
		}

		@Override
		public List<String> received() {
			return connection().texts();
		}

		@Override
		public List<Integer> closeCodes() {
			return connection().closeCodes();
		}

		@Override
		public void send(String text) {
			unchecked(() -> connection().sendText(text));
		}

		@Override
		public void close(int code, String reason) {
			connection().ignoreClose();
			unchecked(() -> connection().sendClose(code, reason));
		}

		@Override
		public void reset() {
			connection().reset();
		}

		@Override
		public void stopReading() {
			connection().stopReading();
		}

		private RawServer.Connection connection() {
			return this.server.connections().get(0);
		}

		private static void unchecked(Action action) {
			try {
				action.run();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@FunctionalInterface
	private interface Action {

		void run() throws IOException;

	}

}
