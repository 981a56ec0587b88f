package io.github.websocketresilience.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Frames as Netty's encoder takes them.
 */
final class Frames {

	private Frames() {
	}

	static List<WebSocketFrame> fragments(String... texts) {
		return IntStream.range(0, texts.length)
			.mapToObj((index) -> fragment(index == 0, index == texts.length - 1, texts[index]))
			.toList();
	}

	private static WebSocketFrame fragment(boolean first, boolean last, String text) {
		return first ? new TextWebSocketFrame(last, 0, payload(text))
				: new ContinuationWebSocketFrame(last, 0, payload(text));
	}

	/**
	 * A close frame of any code: Netty checks only what it puts together itself.
	 */
	static CloseWebSocketFrame close(int code, String reason) {
		return new CloseWebSocketFrame(true, 0, Unpooled.buffer().writeShort(code).writeBytes(payload(reason)));
	}

	static ByteBuf payload(String text) {
		return payload(text.getBytes(StandardCharsets.UTF_8));
	}

	static ByteBuf payload(byte[] bytes) {
		return Unpooled.wrappedBuffer(bytes);
	}

}
