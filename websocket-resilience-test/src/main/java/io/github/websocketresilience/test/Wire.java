package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;

/**
 * The bytes under one connection. All methods are called on its event loop.
 *
 * @param channel the socket
 * @param failures takes what went wrong in here
 */
record Wire(Channel channel, Consumer<Throwable> failures) {

	/**
	 * Write bytes as they are, below the encoder of frames.
	 */
	void raw(byte[] bytes) {
		write(Unpooled.wrappedBuffer(bytes));
	}

	/**
	 * Write a frame, or bytes. To a socket that has ended nothing is written.
	 */
	void write(Object message) {
		this.channel.writeAndFlush(message).addListener((future) -> {
			if (!future.isSuccess() && this.channel.isActive()) {
				this.failures.accept(future.cause());
			}
		});
	}

	/**
	 * Write bytes one at a time.
	 */
	void drip(byte[] bytes, Duration interval, Runnable done) {
		drip(bytes, 0, interval, done);
	}

	private void drip(byte[] bytes, int index, Duration interval, Runnable done) {
		if (index == bytes.length) {
			done.run();
			return;
		}
		raw(new byte[] { bytes[index] });
		later(interval, () -> drip(bytes, index + 1, interval, done));
	}

	/**
	 * Run a task on the event loop, unless the socket has ended by then.
	 */
	void later(Duration delay, Runnable task) {
		this.channel.eventLoop().schedule(() -> {
			if (this.channel.isActive()) {
				task.run();
			}
		}, delay.toNanos(), TimeUnit.NANOSECONDS).addListener((future) -> {
			if (future.cause() != null) {
				this.failures.accept(future.cause());
			}
		});
	}

	boolean isWritable() {
		return this.channel.isWritable();
	}

	void reading(boolean reading) {
		this.channel.config().setAutoRead(reading);
	}

	/**
	 * End TCP with RST, without TLS's goodbye.
	 */
	void reset() {
		reset(this.channel);
	}

	static void reset(Channel channel) {
		if (channel.isOpen()) {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
			end(channel);
		}
	}

	/**
	 * End a socket as the death of a process does.
	 */
	static void end(Channel channel) {
		channel.unsafe().close(channel.newPromise());
	}

	/**
	 * End our direction with FIN, without TLS's goodbye; the rest ends with the peer.
	 */
	void finish() {
		((DuplexChannel) this.channel).shutdownOutput().addListener((future) -> {
			if (!future.isSuccess() && this.channel.isActive()) {
				this.failures.accept(future.cause());
			}
		});
	}

	/**
	 * End the socket in the ordinary way, when all has been written.
	 */
	void close() {
		this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
	}

}
