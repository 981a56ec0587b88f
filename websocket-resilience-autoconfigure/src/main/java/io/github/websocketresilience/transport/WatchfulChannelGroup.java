package io.github.websocketresilience.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A group that works on the threads of another and makes channels of ours:
 * {@link AsynchronousSocketChannel#open(AsynchronousChannelGroup)} asks the group's
 * provider.
 */
final class WatchfulChannelGroup extends AsynchronousChannelGroup {

	private final AsynchronousChannelGroup delegate;

	/**
	 * Create a group.
	 * @param delegate does the work
	 * @param attempt tells whether the upgrade was answered of the attempt for which the
	 * calling thread works
	 */
	WatchfulChannelGroup(AsynchronousChannelGroup delegate, Supplier<BooleanSupplier> attempt) {
		super(new Provider(delegate, attempt));
		this.delegate = delegate;
	}

	@Override
	public boolean isShutdown() {
		return this.delegate.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.delegate.isTerminated();
	}

	@Override
	public void shutdown() {
		this.delegate.shutdown();
	}

	@Override
	public void shutdownNow() throws IOException {
		this.delegate.shutdownNow();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.delegate.awaitTermination(timeout, unit);
	}

	private static final class Provider extends AsynchronousChannelProvider {

		private final AsynchronousChannelGroup group;

		private final Supplier<BooleanSupplier> attempt;

		private Provider(AsynchronousChannelGroup group, Supplier<BooleanSupplier> attempt) {
			this.group = group;
			this.attempt = attempt;
		}

		@Override
		public AsynchronousSocketChannel openAsynchronousSocketChannel(@Nullable AsynchronousChannelGroup ours)
				throws IOException {
			AsynchronousSocketChannel channel = this.group.provider().openAsynchronousSocketChannel(this.group);
			try {
				// Tomcat leaves it off; a ping behind a message would wait for its ACK.
				channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
				return new WatchfulChannel(this, channel, this.attempt.get());
			}
			catch (IOException ex) {
				channel.close();
				throw ex;
			}
		}

		@Override
		public AsynchronousServerSocketChannel openAsynchronousServerSocketChannel(
				@Nullable AsynchronousChannelGroup ours) throws IOException {
			return this.group.provider().openAsynchronousServerSocketChannel(this.group);
		}

		@Override
		public AsynchronousChannelGroup openAsynchronousChannelGroup(int threads, ThreadFactory factory)
				throws IOException {
			return this.group.provider().openAsynchronousChannelGroup(threads, factory);
		}

		@Override
		public AsynchronousChannelGroup openAsynchronousChannelGroup(ExecutorService executor, int initialSize)
				throws IOException {
			return this.group.provider().openAsynchronousChannelGroup(executor, initialSize);
		}

	}

}
