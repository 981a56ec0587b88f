package io.github.websocketresilience.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A channel that fails a read when the answer to the upgrade does not end, and when the
 * reader was interrupted: a JDK's channel whose reads complete at once never looks.
 */
final class WatchfulChannel extends AsynchronousSocketChannel {

	private final AsynchronousSocketChannel delegate;

	private final BooleanSupplier open;

	// One read at a time, so these need no lock; its future makes them visible.
	private Future<Integer> last = CompletableFuture.completedFuture(0);

	private int answer;

	/**
	 * Create a channel of one attempt.
	 * @param provider what opened it
	 * @param delegate does the work
	 * @param open whether the upgrade was answered
	 */
	WatchfulChannel(AsynchronousChannelProvider provider, AsynchronousSocketChannel delegate, BooleanSupplier open) {
		super(provider);
		this.delegate = delegate;
		this.open = open;
	}

	/**
	 * Tomcat reads an answer with this method, and with TLS all that comes. What a read
	 * brought is counted when the next one begins.
	 */
	@Override
	public Future<Integer> read(ByteBuffer target) {
		if (this.open.getAsBoolean()) {
			return this.delegate.read(target);
		}
		this.answer += bytesOf(this.last);
		if (this.answer > HandshakeLimits.LONGEST_ANSWER) {
			return CompletableFuture.failedFuture(new EndlessAnswerException());
		}
		if (Thread.currentThread().isInterrupted()) {
			return CompletableFuture.failedFuture(new InterruptedIOException());
		}
		this.last = this.delegate.read(target);
		return this.last;
	}

	private static int bytesOf(Future<Integer> read) {
		try {
			return read.isDone() ? Math.max(0, read.get()) : 0;
		}
		catch (ExecutionException ex) {
			// Told to whoever waited for it.
			return 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 0;
		}
	}

	@Override
	public <A> void read(ByteBuffer target, long timeout, TimeUnit unit, A attachment,
			CompletionHandler<Integer, ? super A> handler) {
		this.delegate.read(target, timeout, unit, attachment, handler);
	}

	@Override
	public <A> void read(ByteBuffer[] targets, int offset, int length, long timeout, TimeUnit unit, A attachment,
			CompletionHandler<Long, ? super A> handler) {
		this.delegate.read(targets, offset, length, timeout, unit, attachment, handler);
	}

	@Override
	public Future<Integer> write(ByteBuffer source) {
		return this.delegate.write(source);
	}

	@Override
	public <A> void write(ByteBuffer source, long timeout, TimeUnit unit, A attachment,
			CompletionHandler<Integer, ? super A> handler) {
		this.delegate.write(source, timeout, unit, attachment, handler);
	}

	@Override
	public <A> void write(ByteBuffer[] sources, int offset, int length, long timeout, TimeUnit unit, A attachment,
			CompletionHandler<Long, ? super A> handler) {
		this.delegate.write(sources, offset, length, timeout, unit, attachment, handler);
	}

	@Override
	public Future<Void> connect(SocketAddress remote) {
		return this.delegate.connect(remote);
	}

	@Override
	public <A> void connect(SocketAddress remote, A attachment, CompletionHandler<Void, ? super A> handler) {
		this.delegate.connect(remote, attachment, handler);
	}

	@Override
	public AsynchronousSocketChannel bind(SocketAddress local) throws IOException {
		this.delegate.bind(local);
		return this;
	}

	@Override
	public <T> AsynchronousSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
		this.delegate.setOption(name, value);
		return this;
	}

	@Override
	public <T> T getOption(SocketOption<T> name) throws IOException {
		return this.delegate.getOption(name);
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return this.delegate.supportedOptions();
	}

	@Override
	public SocketAddress getLocalAddress() throws IOException {
		return this.delegate.getLocalAddress();
	}

	@Override
	public SocketAddress getRemoteAddress() throws IOException {
		return this.delegate.getRemoteAddress();
	}

	@Override
	public AsynchronousSocketChannel shutdownInput() throws IOException {
		this.delegate.shutdownInput();
		return this;
	}

	@Override
	public AsynchronousSocketChannel shutdownOutput() throws IOException {
		this.delegate.shutdownOutput();
		return this;
	}

	@Override
	public boolean isOpen() {
		return this.delegate.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.delegate.close();
	}

	/**
	 * The answer to the upgrade is longer than any that is meant well.
	 */
	@SuppressWarnings("serial") // never leaves the room
	static final class EndlessAnswerException extends IOException {

		private EndlessAnswerException() {
			super("The answer to the upgrade does not end");
		}

	}

}
