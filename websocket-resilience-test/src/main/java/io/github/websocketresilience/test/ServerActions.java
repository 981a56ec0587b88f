package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * What the server can do on a connection: written down for an attempt to come
 * ({@link AttemptScript}), or done now ({@link ServerConnection}). Nothing here blocks,
 * and any thread may call it; on a connection that has ended it has no effect.
 *
 * @param <S> the type to go on with
 */
public abstract sealed class ServerActions<S extends ServerActions<S>> permits AttemptScript, ServerConnection {

	ServerActions() {
	}

	abstract S perform(Step step);

	/**
	 * Send a text message.
	 * @param text the text
	 * @return this
	 */
	public S sendText(String text) {
		return perform(Step.afterOpening((connection) -> connection.wire().write(new TextWebSocketFrame(text))));
	}

	/**
	 * Send a value as JSON, in a text message. It is written at once, so that what is
	 * changed in it later has no effect. Needs Jackson 3, which Spring Boot brings.
	 * @param value the value: a record, a map, a list, a Jackson node
	 * @return this
	 * @throws IllegalStateException if there is no Jackson
	 * @throws RuntimeException if Jackson cannot write the value
	 */
	public S sendJson(Object value) {
		return sendText(Json.of(value));
	}

	/**
	 * Send a binary message.
	 * @param bytes its content
	 * @return this
	 */
	public S sendBinary(byte[] bytes) {
		byte[] copy = bytes.clone();
		return perform(Step.afterOpening(
				(connection) -> connection.wire().write(new BinaryWebSocketFrame(Frames.payload(copy.clone())))));
	}

	/**
	 * Send one text message in fragments (RFC 6455, section 5.4).
	 * @param fragments the text of each frame
	 * @return this
	 */
	public S sendFragments(String... fragments) {
		String[] copy = fragments.clone();
		return perform(Step.afterOpening((connection) -> Frames.fragments(copy).forEach(connection.wire()::write)));
	}

	/**
	 * Send texts at a rate. What follows in a script waits for the last one. While the
	 * client does not read, the server waits and then catches up: nothing piles up here.
	 * @param count how many
	 * @param perSecond how many a second, the first at once
	 * @param text gives the text of each, numbered from 1
	 * @return this
	 */
	public S sendAtRate(int count, int perSecond, IntFunction<String> text) {
		return perform(new Step(true,
				(connection, done) -> new RateSender(connection.wire(), count, perSecond, text, done).begin()));
	}

	/**
	 * Send the texts of these numbers, in this order: {@code 1, 2, 2, 4} has a duplicate
	 * and a gap.
	 * @param text gives the text of a number
	 * @param numbers the numbers
	 * @return this
	 */
	public S sendSequence(IntFunction<String> text, int... numbers) {
		int[] copy = numbers.clone();
		return perform(Step.afterOpening((connection) -> {
			for (int number : copy) {
				connection.wire().write(new TextWebSocketFrame(text.apply(number)));
			}
		}));
	}

	/**
	 * Send a text message one byte at a time, the head of the frame included.
	 * @param text the text
	 * @param interval the time between two bytes
	 * @return this
	 */
	public S sendByteByByte(String text, Duration interval) {
		return perform(
				new Step(true, (connection, done) -> connection.wire().drip(RawFrames.text(text), interval, done)));
	}

	/**
	 * Send a ping.
	 * @param payload its payload, of at most 125 bytes
	 * @return this
	 */
	public S ping(String payload) {
		return perform(Step
			.afterOpening((connection) -> connection.wire().write(new PingWebSocketFrame(Frames.payload(payload)))));
	}

	/**
	 * Answer pings, which is the rule.
	 * @return this
	 */
	public S answerPings() {
		return perform(Step.atOnce((connection) -> connection.manners().answerPings(true)));
	}

	/**
	 * Swallow pings from now on.
	 * @return this
	 */
	public S ignorePings() {
		return perform(Step.atOnce((connection) -> connection.manners().answerPings(false)));
	}

	/**
	 * Answer the client's texts from now on, heartbeats for example.
	 * @param answer gives the answer to a text, {@code null} for none; runs on a thread
	 * of the server and must not block
	 * @return this
	 */
	public S answerTexts(Function<String, @Nullable String> answer) {
		return perform(Step.atOnce((connection) -> connection.manners().answerTexts(answer)));
	}

	/**
	 * Do not answer the client's close frame, and keep TCP.
	 * @return this
	 */
	public S ignoreClose() {
		return perform(Step.atOnce((connection) -> connection.manners().answerClose(false)));
	}

	/**
	 * Keep TCP and say nothing any more of our own accord: no pongs, no answers, no close
	 * frame, and no FIN for the client's. What the client sends is still read and
	 * recorded.
	 * @return this
	 */
	public S halfOpen() {
		return perform(Step.atOnce((connection) -> connection.manners().fallSilent()));
	}

	/**
	 * Read no more: TCP's window fills, and the client's writes get stuck.
	 * @return this
	 */
	public S stopReading() {
		return perform(Step.atOnce((connection) -> connection.wire().reading(false)));
	}

	/**
	 * Read again.
	 * @return this
	 */
	public S resumeReading() {
		return perform(Step.atOnce((connection) -> connection.wire().reading(true)));
	}

	/**
	 * Send a close frame, and end TCP when the client has answered it.
	 * @param code the code, also one that may not be sent, such as 1006
	 * @param reason the reason, empty for none
	 * @return this
	 */
	public S close(int code, String reason) {
		return perform(Step.afterOpening((connection) -> {
			connection.manners().closing();
			connection.wire().write(Frames.close(code, reason));
		}));
	}

	/**
	 * End TCP with RST, without a close frame.
	 * @return this
	 */
	public S dropWithReset() {
		return perform(Step.atOnce((connection) -> connection.wire().reset()));
	}

	/**
	 * End our direction of TCP with FIN, without a close frame. The other one stays until
	 * the client ends it.
	 * @return this
	 */
	public S dropWithFin() {
		return perform(Step.atOnce((connection) -> connection.wire().finish()));
	}

	/**
	 * Send a text that is no UTF-8 (RFC 6455, section 8.1).
	 * @return this
	 */
	public S sendInvalidUtf8() {
		return sendRaw(RawFrames.invalidUtf8());
	}

	/**
	 * Send a frame of a reserved opcode (RFC 6455, section 5.2).
	 * @return this
	 */
	public S sendReservedOpcode() {
		return sendRaw(RawFrames.reservedOpcode());
	}

	/**
	 * Send a text with all three reserved bits set (RFC 6455, section 5.2).
	 * @param text the text
	 * @return this
	 */
	public S sendReservedBits(String text) {
		return sendRaw(RawFrames.reservedBits(text));
	}

	/**
	 * Send a text masked, as only a client may (RFC 6455, section 5.1).
	 * @param text the text
	 * @return this
	 */
	public S sendMasked(String text) {
		return sendRaw(RawFrames.masked(text));
	}

	/**
	 * Send the head of a binary frame and nothing of its payload.
	 * @param length the length that it announces, in bytes
	 * @return this
	 */
	public S announceFrame(long length) {
		return sendRaw(RawFrames.head(length));
	}

	/**
	 * Send bytes as they are.
	 * @param bytes the bytes
	 * @return this
	 */
	public S sendRaw(byte[] bytes) {
		byte[] copy = bytes.clone();
		return perform(Step.afterOpening((connection) -> connection.wire().raw(copy.clone())));
	}

}
