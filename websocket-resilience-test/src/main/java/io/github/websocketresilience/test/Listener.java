package io.github.websocketresilience.test;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The port, the sockets that came through it, and the threads they share.
 */
final class Listener {

	private static final int THREADS = 2;

	/** Small, so that it fills soon when nobody reads. */
	private static final int RECEIVE_BUFFER = 64 * 1024;

	private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(THREADS,
			new DefaultThreadFactory("scripted-websocket-server", true), NioIoHandler.newFactory());

	private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final Attempts attempts;

	private final @Nullable ServerCertificate certificate;

	private InetSocketAddress address;

	private @Nullable Channel port;

	private volatile boolean listening;

	private volatile boolean hangsInTlsHandshake;

	Listener(InetSocketAddress address, Attempts attempts, @Nullable ServerCertificate certificate) {
		this.address = address;
		this.attempts = attempts;
		this.certificate = certificate;
	}

	synchronized InetSocketAddress address() {
		if (this.address.getPort() == 0) {
			throw new IllegalStateException("The server was never started");
		}
		return this.address;
	}

	void hangInTlsHandshake(boolean hang) {
		this.hangsInTlsHandshake = hang;
	}

	synchronized void start() {
		if (this.port != null) {
			return;
		}
		this.listening = true;
		this.port = new ServerBootstrap().group(this.threads)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_REUSEADDR, true)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Sockets())
			.bind(this.address)
			.syncUninterruptibly()
			.channel();
		this.address = (InetSocketAddress) this.port.localAddress();
	}

	synchronized void stop() {
		this.listening = false;
		if (this.port != null) {
			closePort(this.port);
			this.port = null;
		}
		this.sockets.forEach((socket) -> socket.eventLoop().execute(() -> Wire.end(socket)));
		this.sockets.forEach((socket) -> socket.closeFuture().syncUninterruptibly());
	}

	/**
	 * The kernel closes the port only with the selector's next turn, which has been by
	 * the time a delayed task runs.
	 */
	private static void closePort(Channel port) {
		port.close().syncUninterruptibly();
		port.eventLoop().schedule(() -> {
		}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
	}

	void resetAll() {
		this.sockets.forEach((socket) -> socket.eventLoop().execute(() -> Wire.reset(socket)));
	}

	void forgetAll() {
		this.hangsInTlsHandshake = false;
		this.attempts.clear(this.sockets);
		this.sockets.stream()
			.filter(Attempts::isForgotten)
			.forEach((socket) -> socket.eventLoop().execute(() -> Wire.reset(socket)));
	}

	void close() {
		stop();
		this.threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/**
	 * What every new socket gets.
	 */
	private final class Sockets extends ChannelInitializer<SocketChannel> {

		@Override
		protected void initChannel(SocketChannel socket) {
			Listener.this.sockets.add(socket);
			if (Listener.this.hangsInTlsHandshake) {
				socket.pipeline().addLast(new TlsSilence());
			}
			else {
				speak(socket);
			}
			if (!Listener.this.listening) {
				Wire.end(socket);
			}
		}

		private void speak(SocketChannel socket) {
			if (Listener.this.certificate != null) {
				socket.pipeline().addLast(Listener.this.certificate.handler(socket));
			}
			HandshakeHandler.install(socket, Listener.this.attempts);
		}

	}

}
