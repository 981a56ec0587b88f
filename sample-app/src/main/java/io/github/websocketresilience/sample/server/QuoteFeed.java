package io.github.websocketresilience.sample.server;

import java.util.Locale;
import java.util.Random;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A feed: a quote every second, numbered from the server's start on, so that a client can
 * tell what it missed. Texts are echoed.
 */
@Component
class QuoteFeed implements Dialect {

	private final Sockets sockets;

	private final Random random = new Random();

	private double price = 100;

	private long sequence;

	QuoteFeed(Sockets sockets) {
		this.sockets = sockets;
	}

	@Override
	public void received(ClientSocket socket, String text) {
		socket.send(text);
	}

	@Scheduled(fixedRate = 1000)
	synchronized void quote() {
		this.sequence++;
		this.price = Math.max(1, this.price + this.random.nextGaussian());
		String quote = String.format(Locale.ROOT, "{\"symbol\":\"ACME\",\"price\":%.2f,\"sequence\":%d}", this.price,
				this.sequence);
		this.sockets.of(this).forEach((socket) -> socket.send(quote));
	}

}
