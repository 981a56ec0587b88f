package io.github.websocketresilience.autoconfigure;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.Hooks;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.engine.Ports;
import io.github.websocketresilience.engine.StandardReconnectPolicy;
import io.github.websocketresilience.transport.RawServer;
import io.github.websocketresilience.transport.SpringWebSocketTransport;
import io.github.websocketresilience.transport.SslContexts;
import io.github.websocketresilience.transport.SystemTime;
import io.github.websocketresilience.transport.SystemWorkers;
import io.github.websocketresilience.transport.TestCertificates;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SslBundleContextsTests {

	private static final TestCertificates CA = new TestCertificates("Authority");

	private final DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();

	private final SystemTime time = new SystemTime();

	private final SystemWorkers workers = new SystemWorkers(this.time, 8, 4, false, false);

	private final SslBundleContexts contexts = new SslBundleContexts(() -> this.registry,
			() -> List.of(this.connection, this.other));

	private final SpringWebSocketTransport transport = new SpringWebSocketTransport(null, this.workers, this.time,
			this.contexts);

	private final RawServer server = RawServer.secure(CA.context(CA.host("127.0.0.1")), true, (peer) -> {
		peer.accept();
		peer.serve();
	});

	private final DeferredConnection connection = connection("mine");

	private final DeferredConnection other = connection("theirs");

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.connection.close().join();
		this.other.close().join();
		this.transport.close();
		this.server.close();
		this.workers.close();
		this.time.close();
	}

	@Test
	void reloadedBundleRenewsTheConnectionsThatUseIt() {
		this.registry.registerBundle("mine", bundle(CA.host("client").store()));
		this.registry.registerBundle("theirs", bundle(CA.host("client").store()));
		open(this.connection);
		open(this.other);
		this.registry.updateBundle("mine", bundle(CA.host("new client").store()));
		await(() -> this.server.connections().size() == 3 && this.connection.state() == ConnectionState.OPEN);
		this.registry.updateBundle("mine", bundle(CA.host("newer client").store()));
		await(() -> this.server.connections().size() == 4 && this.connection.state() == ConnectionState.OPEN);
		assertThat(this.other.snapshot().attempt()).isEqualTo(1);
	}

	@Test
	void reloadedBundleThatCannotBeUsedLeavesConnectionsAlone() {
		this.registry.registerBundle("mine", bundle(CA.host("client").store()));
		open(this.connection);
		this.registry.updateBundle("mine",
				SslBundle.of(new JksSslStoreBundle(null, new JksSslStoreDetails("PKCS12", null, "missing.p12", "x"))));
		this.registry.updateBundle("mine", bundle(CA.host("client").store()));
		await(() -> this.server.connections().size() == 2 && this.connection.state() == ConnectionState.OPEN);
		assertThat(this.connection.snapshot().attempt()).as("one attempt for two updates").isEqualTo(2);
	}

	@Test
	void connectionOpensOnceItsBundleHasWhatTheServerWants() {
		this.registry.registerBundle("mine", bundle(null));
		this.connection.start();
		await(() -> this.connection.snapshot().lastDisconnect() != null);
		this.registry.updateBundle("mine", bundle(CA.host("client").store()));
		await(() -> this.connection.state() == ConnectionState.OPEN);
	}

	@Test
	void unknownBundleIsRefusedWithTheKnownOnes() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> this.contexts.check(settings("mine")))
			.satisfies((ex) -> assertThat(ex.requirement()).contains("there is none below 'spring.ssl.bundle'"));
		this.registry.registerBundle("b", SslBundle.systemDefault());
		this.registry.registerBundle("a", SslBundle.systemDefault());
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> this.contexts.check(settings("mine")))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("ssl.bundle"))
			.satisfies((ex) -> assertThat(ex.requirement()).isEqualTo("be one of the SSL bundles a, b"));
		assertThatNoException().isThrownBy(() -> this.contexts.check(settings("a")));
		assertThatNoException().isThrownBy(() -> this.contexts.check(settings(null)));
	}

	@Test
	void applicationConnectsWithTheBundleOfItsProperties() {
		String trust = TestCertificates.write(CA.trust(), this.directory.resolve("trust.p12")).toUri().toString();
		String keys = TestCertificates.write(CA.host("client").store(), this.directory.resolve("keys.p12"))
			.toUri()
			.toString();
		application("resilient.websocket.ssl.bundle=mine", "spring.ssl.bundle.jks.mine.truststore.location=" + trust,
				"spring.ssl.bundle.jks.mine.truststore.password=" + TestCertificates.PASSWORD,
				"spring.ssl.bundle.jks.mine.keystore.location=" + keys,
				"spring.ssl.bundle.jks.mine.keystore.password=" + TestCertificates.PASSWORD)
			.run((context) -> {
				WebSocketConnection connection = context.getBean(WebSocketConnection.class);
				await(() -> connection.state() == ConnectionState.OPEN);
			});
	}

	@Test
	void applicationWithAnUnknownBundleDoesNotStart() {
		application("resilient.websocket.ssl.bundle=mien", "spring.ssl.bundle.jks.mine.truststore.location=x")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidWebSocketPropertiesException.class)
				.hasMessage("'resilient.websocket.ssl.bundle' must be one of the SSL bundles mine"));
	}

	@Test
	void applicationMayKnowBundlesOfItsOwn() {
		SslContexts own = (name) -> CA.context(CA.host(name));
		application("resilient.websocket.ssl.bundle=of-my-own").withBean(SslContexts.class, () -> own)
			.run((context) -> {
				WebSocketConnection connection = context.getBean(WebSocketConnection.class);
				await(() -> connection.state() == ConnectionState.OPEN);
			});
	}

	private ApplicationContextRunner application(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SslAutoConfiguration.class, WebSocketResilienceAutoConfiguration.class))
			.withPropertyValues("resilient.websocket.url=" + this.server.uri())
			.withPropertyValues(properties);
	}

	private void open(DeferredConnection connection) {
		connection.start();
		await(() -> connection.state() == ConnectionState.OPEN);
	}

	private SslBundle bundle(@Nullable KeyStore keys) {
		Path trust = TestCertificates.write(CA.trust(), this.directory.resolve("trust.p12"));
		JksSslStoreDetails keyStore = null;
		if (keys != null) {
			keyStore = details(TestCertificates.write(keys, this.directory.resolve("keys.p12")));
		}
		return SslBundle.of(new JksSslStoreBundle(keyStore, details(trust)));
	}

	private static JksSslStoreDetails details(Path file) {
		return new JksSslStoreDetails("PKCS12", null, file.toUri().toString(), TestCertificates.PASSWORD);
	}

	private DeferredConnection connection(String bundle) {
		ConnectionSettings settings = settings(bundle);
		Hooks hooks = new Hooks(new StandardReconnectPolicy(), List.of(), List.of(), List.of(), List.of(), null);
		return new DeferredConnection(settings, null,
				() -> new ManagedConnection(settings, new Ports(this.transport, this.time, this.workers), hooks));
	}

	private ConnectionSettings settings(@Nullable String bundle) {
		Duration delay = Duration.ofMillis(20);
		return ConnectionSettings.builder("test", this.server.uri())
			.security(new ConnectionSettings.Security(bundle, null, null, null))
			.reconnect(new ConnectionSettings.Reconnect(true, delay, 1.0, delay.multipliedBy(5), 0.5, -1,
					Duration.ofSeconds(10), Set.of(), Set.of()))
			.build();
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(5)).until(condition);
	}

}
