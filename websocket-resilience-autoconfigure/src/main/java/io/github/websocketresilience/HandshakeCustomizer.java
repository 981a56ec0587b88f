package io.github.websocketresilience;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Sets URL, query, headers, subprotocols and first messages of one attempt: a fresh token
 * for one. Customizers run in order before every attempt, on a thread that may block, one
 * at a time. The connect deadline covers them; its end interrupts the thread.
 * <p>
 * A customizer that throws, or whose stage fails, is a failed attempt, not the end of the
 * loop. A result that comes after its attempt has ended is discarded.
 */
@FunctionalInterface
public interface HandshakeCustomizer {

	/**
	 * Customize one attempt.
	 * @param request what will be sent; valid until this call returns and the returned
	 * stage completes
	 * @return {@code null} when done, or a stage that completes when done
	 * @throws Exception to fail this attempt
	 */
	@Nullable CompletionStage<?> customize(HandshakeRequest request) throws Exception;

}
