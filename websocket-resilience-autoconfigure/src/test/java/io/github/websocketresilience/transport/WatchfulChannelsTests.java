package io.github.websocketresilience.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WatchfulChannelsTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(WatchfulChannels.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final AtomicInteger made = new AtomicInteger();

	private final AsynchronousChannelGroup group = group();

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.DEBUG);
	}

	@AfterEach
	void close() throws IOException {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.appender);
		this.group.shutdownNow();
	}

	@Test
	void nothingIsMadeBeforeTheFirstAttempt() {
		Holder holder = new Holder();
		WatchfulChannels channels = new WatchfulChannels(holder, this::make);
		assertThat(holder.asynchronousChannelGroup).isNull();
		channels.begin(() -> false);
		channels.end();
		assertThat(holder.asynchronousChannelGroup).isInstanceOf(WatchfulChannelGroup.class);
		assertThat(this.appender.list).isEmpty();
	}

	@Test
	void subclassHasTheFieldToo() {
		Holder holder = new Holder() {
		};
		new WatchfulChannels(holder, this::make).begin(() -> false);
		assertThat(holder.asynchronousChannelGroup).isNotNull();
	}

	@Test
	void channelsAreOurs() throws IOException {
		Holder holder = new Holder();
		new WatchfulChannels(holder, this::make).begin(() -> false);
		try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(holder.asynchronousChannelGroup)) {
			assertThat(channel).isInstanceOf(WatchfulChannel.class);
		}
	}

	@Test
	void oneGroupIsMadeHoweverManyBeginAtOnce() {
		int threads = 8;
		Holder holder = new Holder();
		WatchfulChannels channels = new WatchfulChannels(holder, this::make);
		CyclicBarrier barrier = new CyclicBarrier(threads);
		CompletableFuture.allOf(IntStream.range(0, threads).mapToObj((i) -> CompletableFuture.runAsync(() -> {
			await(barrier);
			channels.begin(() -> false);
			assertThat(holder.asynchronousChannelGroup).isNotNull();
			channels.end();
		}, (task) -> new Thread(task).start())).toArray(CompletableFuture[]::new)).join();
		assertThat(this.made).hasValue(1);
	}

	@Test
	void groupThatCouldNotBeMadeIsTriedAgain() {
		Holder holder = new Holder();
		WatchfulChannels channels = new WatchfulChannels(holder, () -> {
			if (this.made.getAndIncrement() == 0) {
				throw new IllegalStateException("expected by the test");
			}
			return this.group;
		});
		assertThatIllegalStateException().isThrownBy(() -> channels.begin(() -> false));
		channels.begin(() -> false);
		assertThat(holder.asynchronousChannelGroup).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("strangers")
	void containerThatIsMadeInAnotherWayIsLeftAloneAndSaysSoOnce(Object stranger) {
		WatchfulChannels channels = new WatchfulChannels(stranger, this::make);
		for (int i = 0; i < 3; i++) {
			channels.begin(() -> false);
			channels.end();
		}
		assertThat(this.made).hasValue(0);
		assertThat(stranger).hasToString("untouched");
		assertThat(this.appender.list).singleElement()
			.satisfies((event) -> assertThat(event.getLevel()).isEqualTo(Level.DEBUG))
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith(stranger.getClass().getName() + " keeps its own channels");
	}

	static Stream<Object> strangers() {
		return Stream.of(new WithoutField(), new OfAnotherType(), new Fixed(), new Shared());
	}

	private AsynchronousChannelGroup make() {
		this.made.incrementAndGet();
		return this.group;
	}

	private static AsynchronousChannelGroup group() {
		try {
			return AsynchronousChannelGroup.withCachedThreadPool(Executors.newCachedThreadPool(), 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(RealTransport.PROMISED.toSeconds(), TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static class Holder {

		private volatile AsynchronousChannelGroup asynchronousChannelGroup;

	}

	static final class WithoutField {

		@Override
		public String toString() {
			return "untouched";
		}

	}

	static final class OfAnotherType {

		private final Object asynchronousChannelGroup = "untouched";

		@Override
		public String toString() {
			return this.asynchronousChannelGroup.toString();
		}

	}

	static final class Fixed {

		private final AsynchronousChannelGroup asynchronousChannelGroup;

		Fixed() {
			this.asynchronousChannelGroup = null;
		}

		@Override
		public String toString() {
			return (this.asynchronousChannelGroup != null) ? "touched" : "untouched";
		}

	}

	static final class Shared {

		private static AsynchronousChannelGroup asynchronousChannelGroup;

		@Override
		public String toString() {
			return (asynchronousChannelGroup != null) ? "touched" : "untouched";
		}

	}

}
