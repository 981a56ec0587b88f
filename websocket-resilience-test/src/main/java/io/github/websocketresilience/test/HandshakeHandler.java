package io.github.websocketresilience.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request of an opening handshake, which makes an attempt.
 */
final class HandshakeHandler extends SimpleChannelInboundHandler<HttpObject> {

	private final Attempts attempts;

	private @Nullable HttpRequest request;

	private boolean taken;

	private HandshakeHandler(Attempts attempts) {
		this.attempts = attempts;
	}

	static void install(Channel channel, Attempts attempts) {
		channel.pipeline().addLast(new HttpRequestDecoder(), new HandshakeHandler(attempts));
	}

	static void uninstall(ChannelPipeline pipeline) {
		pipeline.remove(HandshakeHandler.class);
		pipeline.remove(HttpRequestDecoder.class);
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
		if (part.decoderResult().isFailure()) {
			Wire.end(context.channel());
			return;
		}
		if (part instanceof HttpRequest head) {
			this.request = head;
		}
		if (part instanceof LastHttpContent && this.request != null && !this.taken) {
			this.taken = true;
			this.attempts.begin(read(this.request), context.channel());
		}
	}

	private static HandshakeRequest read(HttpRequest request) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		request.headers()
			.forEach((header) -> headers.computeIfAbsent(header.getKey(), (name) -> new ArrayList<>())
				.add(header.getValue()));
		return new HandshakeRequest(request.method() + " " + request.uri() + " " + request.protocolVersion(), headers,
				Instant.now());
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			Wire.end(context.channel());
		}
	}

	/**
	 * Without a request there is no attempt to record it with.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		Wire.end(context.channel());
	}

}
