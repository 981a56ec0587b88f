package io.github.websocketresilience.test;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the server does on one attempt: how it answers the handshake, by default at once
 * and as it should, and the steps that follow once the socket is open, in the order in
 * which they were written down.
 * <p>
 * A script is read when its attempt comes; what is added later has no effect on that
 * attempt.
 */
public final class AttemptScript extends ServerActions<AttemptScript> {

	private final List<Step> steps = new CopyOnWriteArrayList<>();

	private volatile HandshakeAnswer answer = HandshakeAnswer.accept(Map.of());

	AttemptScript() {
	}

	/**
	 * Accept at once, which is the default.
	 * @return this
	 */
	public AttemptScript accept() {
		return accept(Map.of());
	}

	/**
	 * Accept at once, with further headers, {@code Sec-WebSocket-Protocol} for example.
	 * @param headers the headers
	 * @return this
	 */
	public AttemptScript accept(Map<String, List<String>> headers) {
		return answer(HandshakeAnswer.accept(new LinkedHashMap<>(headers)));
	}

	/**
	 * Accept after a while.
	 * @param delay how long after the request was read
	 * @return this
	 */
	public AttemptScript acceptAfter(Duration delay) {
		return answer(HandshakeAnswer.after(delay, HandshakeAnswer.accept(Map.of())));
	}

	/**
	 * Accept byte by byte.
	 * @param interval the time between two bytes of the response
	 * @return this
	 */
	public AttemptScript acceptByteByByte(Duration interval) {
		return answer(HandshakeAnswer.drip(interval));
	}

	/**
	 * Accept with a {@code Sec-WebSocket-Accept} that does not follow from the client's
	 * key (RFC 6455, section 4.1). The steps follow all the same.
	 * @return this
	 */
	public AttemptScript acceptWithWrongKey() {
		return answer(HandshakeAnswer.wrongAcceptKey());
	}

	/**
	 * Answer with bytes as they are, whether they are an answer or not. The steps follow
	 * all the same.
	 * @param response gives the bytes for a request, which says what
	 * {@linkplain HandshakeRequest#acceptKey() accepting} it takes; runs on a thread of
	 * the server and must not block
	 * @return this
	 */
	public AttemptScript answerRaw(Function<HandshakeRequest, byte[]> response) {
		return answer(HandshakeAnswer.raw(response));
	}

	/**
	 * Refuse.
	 * @param status the status of the response
	 * @return this
	 */
	public AttemptScript refuse(int status) {
		return refuse(status, Map.of());
	}

	/**
	 * Refuse, with headers.
	 * @param status the status of the response
	 * @param headers its headers, {@code Retry-After} for example
	 * @return this
	 */
	public AttemptScript refuse(int status, Map<String, List<String>> headers) {
		return answer(HandshakeAnswer.refuse(status, headers));
	}

	/**
	 * Send the client elsewhere, with status 302.
	 * @param location where to
	 * @return this
	 */
	public AttemptScript redirect(URI location) {
		return refuse(302, Map.of("Location", List.of(location.toString())));
	}

	/**
	 * Take the request and never answer it.
	 * @return this
	 */
	public AttemptScript neverAnswer() {
		return answer(HandshakeAnswer.never());
	}

	/**
	 * Wait before the next step.
	 * @param delay how long
	 * @return this
	 */
	public AttemptScript thenAfter(Duration delay) {
		return perform(new Step(true, (connection, done) -> connection.wire().later(delay, done)));
	}

	/**
	 * Do anything else as the next step.
	 * @param action what to do; runs on a thread of the server and must not block
	 * @return this
	 */
	public AttemptScript then(Consumer<ServerConnection> action) {
		return perform(Step.afterOpening(action));
	}

	private AttemptScript answer(HandshakeAnswer answer) {
		this.answer = answer;
		return this;
	}

	@Override
	AttemptScript perform(Step step) {
		this.steps.add(step);
		return this;
	}

	HandshakeAnswer answer() {
		return this.answer;
	}

	List<Step> steps() {
		return List.copyOf(this.steps);
	}

}
