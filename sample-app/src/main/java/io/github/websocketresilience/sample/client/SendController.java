package io.github.websocketresilience.sample.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Sends, and answers when it is known what became of the message.
 */
@RestController
class SendController {

	private static final int LONGEST = 4000;

	private final WebSocketConnections connections;

	SendController(WebSocketConnections connections) {
		this.connections = connections;
	}

	@PostMapping("/api/connections/{name}/send")
	CompletableFuture<Sent> send(@PathVariable String name, @RequestBody Draft draft) {
		WebSocketConnection connection = this.connections.find(name)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		return send(connection, draft).handle((done, failure) -> outcome(failure));
	}

	private static CompletableFuture<Void> send(WebSocketConnection connection, Draft draft) {
		String text = draft.text();
		if (text == null || text.length() > LONGEST) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'text' must be there, with at most " + LONGEST + " characters");
		}
		try {
			return (draft.toId() != null) ? connection.sendJson(new Chat(text, connection.name(), draft.toId()))
					: connection.send(text);
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, ex.getMessage(), ex);
		}
	}

	private static Sent outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return new Sent("HANDED_OVER", null);
		}
		if (failure instanceof SendFailedException failed) {
			return new Sent(failed.reason().name(), failed.getMessage());
		}
		throw new CompletionException(failure);
	}

	/**
	 * What to send.
	 *
	 * @param text the text
	 * @param toId to whom, or {@code null} to send the text as it is
	 */
	record Draft(@Nullable String text, @Nullable String toId) {
	}

	/**
	 * A message from one to another.
	 *
	 * @param message the text
	 * @param fromId who sends it
	 * @param toId to whom
	 */
	record Chat(String message, String fromId, String toId) {
	}

	/**
	 * What became of it.
	 *
	 * @param outcome {@code HANDED_OVER}, or why it was not
	 * @param detail what happened and what can be changed, or {@code null}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Sent(String outcome, @Nullable String detail) {
	}

}
