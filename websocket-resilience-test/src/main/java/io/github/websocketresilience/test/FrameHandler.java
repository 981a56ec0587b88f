package io.github.websocketresilience.test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Records the frames of a connection and reacts to them.
 */
final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

	private static final WebSocketDecoderConfig DECODING = WebSocketDecoderConfig.newBuilder()
		.maxFramePayloadLength(Recording.BYTES)
		.withUTF8Validator(false)
		.closeOnProtocolViolation(false)
		.build();

	private final ServerConnection connection;

	private FrameHandler(ServerConnection connection) {
		this.connection = connection;
	}

	/**
	 * Replace what reads HTTP by what reads frames.
	 */
	static void install(ServerConnection connection) {
		ChannelPipeline pipeline = connection.wire().channel().pipeline();
		pipeline.addLast(new WebSocket13FrameDecoder(DECODING), new WebSocket13FrameEncoder(false),
				new FrameHandler(connection));
		HandshakeHandler.uninstall(pipeline);
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
		ReceivedFrame received = new ReceivedFrame(opcode(frame), frame.isFinalFragment(),
				ByteBufUtil.getBytes(frame.content()), Instant.now());
		this.connection.received(received);
		react(received);
	}

	private void react(ReceivedFrame frame) {
		switch (frame.opcode()) {
			case PING -> pong(frame);
			case CLOSE -> close(frame);
			case TEXT, CONTINUATION -> answer(frame);
			default -> {
				// binary messages and pongs want no reaction
			}
		}
	}

	private void pong(ReceivedFrame ping) {
		if (this.connection.manners().answersPings()) {
			this.connection.wire().write(new PongWebSocketFrame(Unpooled.wrappedBuffer(ping.payload())));
		}
	}

	private void close(ReceivedFrame close) {
		if (!this.connection.manners().answersClose()) {
			return;
		}
		if (!this.connection.manners().isClosing()) {
			this.connection.wire().write(new CloseWebSocketFrame(true, 0, Unpooled.wrappedBuffer(close.payload())));
		}
		this.connection.wire().close();
	}

	private void answer(ReceivedFrame frame) {
		if (frame.opcode() != Opcode.TEXT || !frame.fin()) {
			return;
		}
		String answer = this.connection.manners().answer(frame.text());
		if (answer != null) {
			this.connection.wire().write(new TextWebSocketFrame(answer));
		}
	}

	private static Opcode opcode(WebSocketFrame frame) {
		List<Class<? extends WebSocketFrame>> types = List.of(ContinuationWebSocketFrame.class,
				TextWebSocketFrame.class, BinaryWebSocketFrame.class, CloseWebSocketFrame.class,
				PingWebSocketFrame.class, PongWebSocketFrame.class);
		return Opcode.values()[types.indexOf(frame.getClass())];
	}

	/**
	 * The client has ended its direction: so do we, unless we play dead.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent && !this.connection.manners().isSilent()) {
			this.connection.wire().close();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof IOException)) {
			this.connection.failed(cause);
		}
		this.connection.wire().close();
	}

}
