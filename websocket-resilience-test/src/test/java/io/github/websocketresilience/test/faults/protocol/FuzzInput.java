package io.github.websocketresilience.test.faults.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.HandshakeRequest;

/**
 * What a server sends on one socket, all of it drawn from a seed. It ends with FIN, so
 * that every socket ends.
 *
 * @param answer the answer to the upgrade, with {@code %s} for the accept key
 * @param frames what follows
 * @param pieces in how many writes, the first of which may come with the answer
 */
record FuzzInput(byte[] answer, byte[] frames, int pieces) {

	private static final byte[] ANSWER = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n")
		.getBytes(StandardCharsets.ISO_8859_1);

	private static final int[] FIRST_BYTES = { 0x00, 0x01, 0x02, 0x80, 0x81, 0x81, 0x81, 0x82, 0x82, 0x88, 0x89, 0x8a };

	private static final String[] TEXTS = { "", "a", "\u00e9", "\ud83d\ude00", "message", "x".repeat(130) };

	static FuzzInput of(long seed) {
		// Neighbouring seeds begin alike.
		Random random = new Random(seed * 0x9e3779b97f4a7c15L);
		byte[] frames = frames(random);
		int pieces = 1 + random.nextInt(4);
		return switch (random.nextInt(8)) {
			case 0 -> new FuzzInput(ANSWER, randomBytes(random), pieces);
			case 1 -> new FuzzInput(mutated(ANSWER, random), WireFrame.text("after"), pieces);
			case 2 -> new FuzzInput(randomBytes(random), new byte[0], pieces);
			case 3 -> new FuzzInput(ANSWER, frames, pieces);
			default -> new FuzzInput(ANSWER, mutated(frames, random), pieces);
		};
	}

	/**
	 * Return whether the server accepts as it should.
	 */
	boolean accepts() {
		return this.answer == ANSWER;
	}

	void perform(AttemptScript script) {
		script.answerRaw(this::answer);
		int length = this.frames.length / this.pieces + 1;
		for (int from = 0; from < this.frames.length; from += length) {
			script.thenAfter(Duration.ofMillis(from % 3))
				.sendRaw(Arrays.copyOfRange(this.frames, from, Math.min(from + length, this.frames.length)));
		}
		script.dropWithFin();
	}

	private byte[] answer(HandshakeRequest request) {
		return new String(this.answer, StandardCharsets.ISO_8859_1).replace("%s", request.acceptKey())
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] randomBytes(Random random) {
		byte[] bytes = new byte[random.nextInt(200)];
		random.nextBytes(bytes);
		return bytes;
	}

	/**
	 * Frames that are right by themselves, though perhaps not in this order.
	 */
	private static byte[] frames(Random random) {
		byte[][] frames = new byte[1 + random.nextInt(8)][];
		boolean inMessage = false;
		for (int i = 0; i < frames.length; i++) {
			int first = FIRST_BYTES[random.nextInt(FIRST_BYTES.length)];
			if (inMessage && (first & 0x0f) <= 2 && random.nextInt(10) > 0) {
				first &= 0x80;
			}
			else if (!inMessage && (first & 0x0f) == 0 && random.nextInt(10) > 0) {
				first |= WireFrame.TEXT;
			}
			inMessage = ((first & 0x08) != 0) ? inMessage : (first & 0x80) == 0;
			frames[i] = (first == 0x88) ? close(random) : frame(random, first);
		}
		return WireFrame.concat(frames);
	}

	private static byte[] frame(Random random, int first) {
		String text = TEXTS[random.nextInt(((first & 0x08) != 0) ? TEXTS.length - 1 : TEXTS.length)];
		return WireFrame.frame(first, text);
	}

	private static byte[] close(Random random) {
		byte[] frame = WireFrame.close(1000 + random.nextInt(12), TEXTS[random.nextInt(TEXTS.length - 1)]);
		return (random.nextInt(3) == 0) ? WireFrame.frame(0x88, "") : frame;
	}

	/**
	 * Flip, insert, leave out and repeat a few bytes.
	 */
	private static byte[] mutated(byte[] bytes, Random random) {
		byte[] result = bytes;
		for (int left = 1 + random.nextInt(3); left > 0 && result.length > 0; left--) {
			int at = random.nextInt(result.length);
			byte[] head = Arrays.copyOf(result, at);
			byte[] tail = Arrays.copyOfRange(result, at, result.length);
			result = switch (random.nextInt(6)) {
				case 0 -> WireFrame.concat(head, new byte[] { (byte) random.nextInt() }, tail);
				case 1 -> WireFrame.concat(head, Arrays.copyOfRange(tail, 1, tail.length));
				case 2 -> WireFrame.concat(head, tail, Arrays.copyOf(tail, Math.min(tail.length, 20)));
				case 3 -> head;
				default -> {
					tail[0] ^= (byte) (1 << random.nextInt(8));
					yield WireFrame.concat(head, tail);
				}
			};
		}
		return result;
	}

}
