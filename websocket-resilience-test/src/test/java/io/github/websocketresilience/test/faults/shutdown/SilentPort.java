package io.github.websocketresilience.test.faults.shutdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of which the kernel takes connections that nobody serves, and none any more once
 * its queue is full: then what asks for one gets no answer at all.
 */
final class SilentPort implements AutoCloseable {

	private final List<SocketChannel> fillers = new ArrayList<>();

	private final ServerSocket port;

	SilentPort() {
		try {
			this.port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int number() {
		return this.port.getLocalPort();
	}

	/**
	 * Fill the queue.
	 */
	void fill() {
		try {
			for (int i = 0; i < 4; i++) {
				SocketChannel filler = SocketChannel.open();
				this.fillers.add(filler);
				filler.configureBlocking(false);
				filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			for (SocketChannel filler : this.fillers) {
				filler.close();
			}
			this.port.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
