package io.github.websocketresilience.observation;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Diagnostics;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver.Sending;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.StubConnection;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestObserver}.
 */
class RequestObserverTests {

	private static final Message REQUEST = new Message.Text("secret");

	private final Recorder recorder = new Recorder();

	private final RequestObserver observer = new RequestObserver(this.recorder.registry(), null);

	private final StubConnection connection = new StubConnection("prices");

	private final CompletableFuture<Message> reply = new CompletableFuture<>();

	@Test
	void requestIsObservedUntilItsReply() {
		send(true);
		assertThat(this.recorder.started()).singleElement()
			.satisfies((context) -> assertThat(Recorder.value(context, "outcome")).isEqualTo("unknown"));
		assertThat(this.recorder.stopped()).isEmpty();
		Message answer = new Message.Text("secret");
		this.reply.complete(answer);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(context.getName()).isEqualTo("websocket.client.request");
			assertThat(context.getContextualName()).isEqualTo("prices request");
			assertThat(context.getError()).isNull();
			assertThat(((WebSocketRequestObservationContext) context).getResponse()).isSameAs(answer);
			assertThat(context.getLowCardinalityKeyValues()).extracting(Object::toString)
				.containsExactlyInAnyOrder("keyValue(connection=prices)", "keyValue(outcome=reply)");
			assertThat(context.getHighCardinalityKeyValues()).extracting(Object::toString)
				.containsExactlyInAnyOrder("keyValue(websocket.connection=prices)",
						"keyValue(websocket.message.size=6)");
			assertThat(context.toString()).doesNotContain("secret");
		});
	}

	@ParameterizedTest
	@EnumSource
	void reasonOfAFailureIsTheOutcome(RequestFailedException.Reason reason) {
		send(true);
		RequestFailedException failure = new RequestFailedException(reason, "planned", null);
		this.reply.completeExceptionally(failure);
		assertThat(this.recorder.stopped()).singleElement().satisfies((context) -> {
			assertThat(context.getError()).isSameAs(failure);
			assertThat(Recorder.value(context, "outcome")).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
		});
	}

	@Test
	void cancelledRequestSaysSo() {
		send(true);
		this.reply.cancel(false);
		assertThat(outcome()).isEqualTo("cancelled");
	}

	@Test
	void whatTheCallerCompletesItWithIsAFailure() {
		IllegalStateException failure = new IllegalStateException("planned");
		send(true);
		this.reply.completeExceptionally(new CompletionException(failure));
		assertThat(outcome()).isEqualTo("failed");
		assertThat(this.recorder.stopped().get(0).getError()).isSameAs(failure);
	}

	@Test
	void parentIsTheCallersObservation() {
		Observation caller = Observation.start("caller", this.recorder.registry());
		caller.scoped(() -> send(true));
		caller.stop();
		assertThat(this.recorder.registry().getCurrentObservation()).isNull();
		this.reply.complete(REQUEST);
		assertThat(this.recorder.stopped().get(1).getParentObservation()).isSameAs(caller);
	}

	@Test
	void messageWithoutReplyIsNotObserved() {
		send(false);
		assertThat(this.recorder.started()).isEmpty();
	}

	@Test
	void connectionDecidesAndSoDoesTheRegistry() {
		ConnectionSettings quiet = ConnectionSettings.builder("quiet", URI.create("ws://localhost"))
			.diagnostics(new Diagnostics(false, 0))
			.build();
		assertThat(this.observer.supports(this.connection.settings())).isTrue();
		assertThat(this.observer.supports(quiet)).isFalse();
		assertThat(new RequestObserver(Recorder.noop(), null).supports(this.connection.settings())).isFalse();
	}

	@Test
	void conventionIsTheUsers() {
		new RequestObserver(this.recorder.registry(), new DefaultWebSocketRequestObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

		}).onSend(new Sending(this.connection, REQUEST, true, this.reply));
		assertThat(this.recorder.started()).extracting(Observation.Context::getName).containsExactly("mine");
	}

	private String outcome() {
		assertThat(this.recorder.stopped()).hasSize(1);
		return Recorder.value(this.recorder.stopped().get(0), "outcome");
	}

	private void send(boolean request) {
		this.observer.onSend(new Sending(this.connection, REQUEST, request, this.reply));
	}

}
