package io.github.websocketresilience.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A channel of ours, used as Tomcat uses it and in all other ways, on real sockets.
 */
class WatchfulChannelTests {

	private static final int SENT = 2 * HandshakeLimits.LONGEST_ANSWER;

	private final AtomicBoolean open = new AtomicBoolean();

	private final RawServer sending = new RawServer((connection) -> {
		connection.write(new byte[SENT]);
		connection.hang();
	});

	private final RawServer echoing = new RawServer((connection) -> {
		for (int i = 0; i < 3; i++) {
			connection.write(connection.readLine() + "\n");
		}
	});

	private AsynchronousChannelGroup group;

	private AsynchronousSocketChannel channel;

	@BeforeEach
	void openChannel() throws IOException {
		this.group = new WatchfulChannelGroup(
				AsynchronousChannelGroup.withCachedThreadPool(Executors.newCachedThreadPool(), 1),
				() -> this.open::get);
		this.channel = AsynchronousSocketChannel.open(this.group);
	}

	@AfterEach
	void close() throws Exception {
		this.channel.close();
		this.sending.close();
		this.echoing.close();
		this.group.shutdownNow();
		assertThat(this.group.awaitTermination(RealTransport.PROMISED.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void readsFailOnceTheAnswerIsTooLong() throws Exception {
		connect(this.sending);
		int read = 0;
		while (read <= HandshakeLimits.LONGEST_ANSWER) {
			read += get(this.channel.read(ByteBuffer.allocate(1000)));
		}
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> get(this.channel.read(ByteBuffer.allocate(1000))))
				.withCauseInstanceOf(WatchfulChannel.EndlessAnswerException.class);
		}
	}

	@Test
	void whatComesAfterTheAnswerHasNoEnd() throws Exception {
		connect(this.sending);
		this.open.set(true);
		int read = 0;
		while (read < SENT) {
			read += get(this.channel.read(ByteBuffer.allocate(1000)));
		}
		assertThat(read).isEqualTo(SENT);
	}

	@Test
	void interruptedReaderReadsNoMoreHoweverMuchThereIs() throws Exception {
		connect(this.sending);
		get(this.channel.read(ByteBuffer.allocate(1)));
		Thread.currentThread().interrupt();
		Future<Integer> read = this.channel.read(ByteBuffer.allocate(1));
		assertThat(Thread.interrupted()).isTrue();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(read))
			.withCauseInstanceOf(InterruptedIOException.class);
	}

	@Test
	void endOfTheAnswerIsNoByte() throws Exception {
		RawServer server = new RawServer((connection) -> connection.write("x"));
		connect(server);
		assertThat(get(this.channel.read(ByteBuffer.allocate(8)))).isOne();
		for (int i = 0; i < 3; i++) {
			assertThat(get(this.channel.read(ByteBuffer.allocate(8)))).isEqualTo(-1);
		}
		server.close();
	}

	@Test
	void smallMessagesDoNotWaitForEachOther() throws IOException {
		assertThat(this.channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
	}

	@Test
	void allWaysToReadAndToWriteWork() throws Exception {
		this.channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		Outcome<Void> connected = new Outcome<>();
		this.channel.connect(address(this.echoing), "attachment", connected);
		get(connected);
		assertThat(this.channel.getRemoteAddress()).isEqualTo(address(this.echoing));
		assertThat(this.channel.getLocalAddress()).isNotNull();

		assertThat(get(this.channel.write(bytes("a\n")))).isEqualTo(2);
		assertThat(get(this.channel.read(ByteBuffer.allocate(8)))).isEqualTo(2);

		Outcome<Integer> one = new Outcome<>();
		this.channel.write(bytes("bc\n"), 20, TimeUnit.SECONDS, "attachment", one);
		assertThat(get(one)).isEqualTo(3);
		one = new Outcome<>();
		this.channel.read(ByteBuffer.allocate(8), 20, TimeUnit.SECONDS, "attachment", one);
		assertThat(get(one)).isEqualTo(3);

		ByteBuffer[] buffers = { bytes("de"), bytes("f\n"), bytes("not this") };
		Outcome<Long> several = new Outcome<>();
		this.channel.write(buffers, 0, 2, 20, TimeUnit.SECONDS, "attachment", several);
		assertThat(get(several)).isEqualTo(4);
		several = new Outcome<>();
		this.channel.read(new ByteBuffer[] { ByteBuffer.allocate(0), ByteBuffer.allocate(8) }, 0, 2, 20,
				TimeUnit.SECONDS, "attachment", several);
		assertThat(get(several)).isEqualTo(4);
	}

	@Test
	void readMayTimeOut() throws Exception {
		connect(this.echoing);
		Outcome<Integer> read = new Outcome<>();
		this.channel.read(ByteBuffer.allocate(8), 10, TimeUnit.MILLISECONDS, "attachment", read);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(read))
			.withCauseInstanceOf(InterruptedByTimeoutException.class);
	}

	@Test
	void bothDirectionsCanBeShutDownOnTheirOwn() throws Exception {
		connect(this.echoing);
		this.channel.shutdownOutput();
		RealTransport.await(() -> this.echoing.connections().get(0).hasEnded());
		this.channel.shutdownInput();
		assertThat(get(this.channel.read(ByteBuffer.allocate(8)))).isEqualTo(-1);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.close();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void groupWithoutThreadsOpensNothing() {
		this.group.shutdown();
		assertThat(this.group.isShutdown()).isTrue();
		assertThat(this.group.isTerminated()).isFalse();
		assertThatExceptionOfType(ShutdownChannelGroupException.class)
			.isThrownBy(() -> AsynchronousSocketChannel.open(this.group));
	}

	private void connect(RawServer server) throws Exception {
		get(this.channel.connect(address(server)));
		RealTransport.await(() -> !server.connections().isEmpty());
	}

	private static InetSocketAddress address(RawServer server) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static <T> T get(Future<T> future) throws Exception {
		return future.get(RealTransport.PROMISED.toSeconds(), TimeUnit.SECONDS);
	}

	private static final class Outcome<T> extends CompletableFuture<T> implements CompletionHandler<T, String> {

		@Override
		public void completed(T result, String attachment) {
			assertThat(attachment).isEqualTo("attachment");
			complete(result);
		}

		@Override
		public void failed(Throwable failure, String attachment) {
			completeExceptionally(failure);
		}

	}

}
