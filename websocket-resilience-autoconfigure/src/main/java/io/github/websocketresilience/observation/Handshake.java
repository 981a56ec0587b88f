package io.github.websocketresilience.observation;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.observation.WebSocketHandshakeObservationContext.Outcome;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The observation of one attempt. Ends once, by the call of one of its methods.
 *
 * @param after the end of the attempt before it, or {@code null} if it is the first: no
 * other attempt has the same
 * @param context what is known of it
 * @param observation what is begun
 */
record Handshake(@Nullable Disconnect after, WebSocketHandshakeObservationContext context, Observation observation) {

	void opened() {
		end(Outcome.OPENED, null);
	}

	/**
	 * Nobody will tell how it ended.
	 */
	void cancelled() {
		end(Outcome.CANCELLED, null);
	}

	void ended(Disconnect disconnect) {
		if (disconnect.kind() == Disconnect.Kind.CLOSE_REQUESTED) {
			end(Outcome.CANCELLED, disconnect);
		}
		else {
			this.observation.error(new HandshakeFailedException(disconnect));
			end(Outcome.FAILED, disconnect);
		}
	}

	private void end(Outcome outcome, @Nullable Disconnect disconnect) {
		this.context.ended(outcome, disconnect);
		this.observation.stop();
	}

}
