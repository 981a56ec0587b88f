package io.github.websocketresilience;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the methods that {@link WebSocketConnection} brings along.
 */
class WebSocketConnectionTests {

	private static final byte[] BYTES = { 1, 2, 3, 4 };

	private final List<Object> sent = new ArrayList<>();

	private final WebSocketConnection connection = (WebSocketConnection) Proxy.newProxyInstance(
			getClass().getClassLoader(), new Class<?>[] { WebSocketConnection.class }, (proxy, method, arguments) -> {
				if (method.isDefault()) {
					return InvocationHandler.invokeDefault(proxy, method, arguments);
				}
				this.sent.add(arguments[0]);
				return CompletableFuture.completedFuture(null);
			});

	@Test
	void textIsSent() {
		assertThat(this.connection.send("text")).isCompleted();
		assertThat(this.sent).containsExactly(new Message.Text("text"));
	}

	@Test
	void textThatCannotBeEncodedIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.connection.send("\ud800"));
		assertThat(this.sent).isEmpty();
	}

	@Test
	void bytesAreCopied() {
		byte[] bytes = BYTES.clone();
		this.connection.send(bytes);
		bytes[0] = 9;
		assertThat(this.sent).containsExactly(new Message.Binary(BYTES));
	}

	@Test
	void whatRemainsOfABufferIsCopiedAndItsPositionStays() {
		ByteBuffer buffer = ByteBuffer.wrap(BYTES.clone()).position(1).limit(3);
		this.connection.send(buffer);
		buffer.put(1, (byte) 9);
		assertThat(buffer.position()).isEqualTo(1);
		assertThat(buffer.limit()).isEqualTo(3);
		assertThat(this.sent).containsExactly(new Message.Binary(new byte[] { 2, 3 }));
	}

	@Test
	void everyKindOfBufferIsSent() {
		this.connection.send(ByteBuffer.wrap(BYTES).position(2).slice());
		this.connection.send(ByteBuffer.wrap(BYTES).asReadOnlyBuffer());
		this.connection.send(ByteBuffer.allocateDirect(4).put(BYTES).flip());
		this.connection.send(ByteBuffer.allocate(0));
		assertThat(this.sent).containsExactly(new Message.Binary(new byte[] { 3, 4 }), new Message.Binary(BYTES),
				new Message.Binary(BYTES), new Message.Binary(new byte[0]));
	}

}
