package io.github.websocketresilience.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.engine.Transport.Connecting;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.awaitility.Awaitility;

/**
 * A transport with real time and threads.
 */
final class RealTransport implements AutoCloseable {

	/** What is promised within 3 s may take longer on a loaded machine. */
	static final Duration PROMISED = Duration.ofSeconds(15);

	private final SystemTime time = new SystemTime();

	private final SystemWorkers workers;

	private final SpringWebSocketTransport transport;

	RealTransport() {
		this(SpringWebSocketTransport.find(), HostLookup.ofSystem());
	}

	RealTransport(Container container, HostLookup lookup) {
		// Two of them for handshakes.
		this(container, lookup, 4);
	}

	RealTransport(Container container, HostLookup lookup, int ioThreads) {
		this(container, lookup, ioThreads, SpringWebSocketTransport::noBundle);
	}

	RealTransport(SslContexts ssl) {
		this(SpringWebSocketTransport.find(), HostLookup.ofSystem(), 4, ssl);
	}

	private RealTransport(Container container, HostLookup lookup, int ioThreads, SslContexts ssl) {
		this.workers = new SystemWorkers(this.time, ioThreads, 4, false, false);
		this.transport = new SpringWebSocketTransport(new Surroundings(container, this.workers, this.time, ssl),
				lookup);
	}

	SpringWebSocketTransport transport() {
		return this.transport;
	}

	SystemWorkers workers() {
		return this.workers;
	}

	RecordingAttempt connect(URI uri) {
		return connect(uri, (settings) -> settings);
	}

	RecordingAttempt connect(URI uri, UnaryOperator<ConnectionSettings.Builder> settings) {
		RecordingAttempt attempt = attempt(uri, settings);
		connect(attempt);
		return attempt;
	}

	Connecting connect(RecordingAttempt attempt) {
		return this.transport.connect(attempt.settings, attempt);
	}

	RecordingAttempt open(RawServer server) {
		return open(server, (settings) -> settings);
	}

	RecordingAttempt open(RawServer server, UnaryOperator<ConnectionSettings.Builder> settings) {
		RecordingAttempt attempt = connect(server.uri(), settings);
		await(attempt::isOpen);
		return attempt;
	}

	static RecordingAttempt attempt(URI uri, UnaryOperator<ConnectionSettings.Builder> settings) {
		return new RecordingAttempt(settings.apply(ConnectionSettings.builder("test", uri)).build());
	}

	static UnaryOperator<ConnectionSettings.Builder> bundle(String name) {
		return (builder) -> builder.security(new ConnectionSettings.Security(name, null, null, null));
	}

	static UnaryOperator<ConnectionSettings.Builder> connectTimeout(Duration timeout) {
		return (builder) -> builder.handshake(new ConnectionSettings.Handshake(Map.of(), Map.of(), List.of(), timeout));
	}

	static void await(BooleanSupplier condition) {
		// A container that was destroyed may still throw on a thread of the JDK's.
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.atMost(PROMISED)
			.pollInterval(Duration.ofMillis(5))
			.until(condition::getAsBoolean);
	}

	@Override
	public void close() {
		this.transport.close();
		this.workers.close();
		this.time.close();
	}

}
