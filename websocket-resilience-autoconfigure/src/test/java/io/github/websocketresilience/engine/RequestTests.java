package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Requests}: ids, and which message is a reply. Three requests may wait.
 */
class RequestTests {

	private final TestConnection connection = new TestConnection().json(new FlatJson())
		.settings((settings) -> settings.request(new Request("/id", null, Duration.ofSeconds(10), 3)));

	@Test
	void idIsGeneratedForARequestWithoutOne() {
		ManualSocket socket = open();
		ask("{}");
		ask("{\"/op\":\"get\"}");
		assertThat(socket.written()).containsExactly("{\"/id\":1}", "{\"/id\":2,\"/op\":\"get\"}");
	}

	@Test
	void idOfTheRequestIsLeftAlone() {
		ManualSocket socket = open();
		ReplyFate fate = ask("{\"/id\":\"a\"}");
		assertThat(socket.written()).containsExactly("{\"/id\":\"a\"}");
		reply(socket, "{\"/id\":\"a\",\"/ok\":true}");
		assertThat(fate).hasToString("{\"/id\":\"a\",\"/ok\":true}");
	}

	@Test
	void nullCountsAsAbsent() {
		ManualSocket socket = open();
		ReplyFate fate = ask("{\"/id\":null}");
		assertThat(socket.written()).singleElement().asString().startsWith("{\"/id\":1,");
		reply(socket, "{\"/id\":null}");
		assertThat(fate).hasToString("pending");
		reply(socket, "{\"/id\":1}");
		assertThat(fate).hasToString("{\"/id\":1}");
	}

	@Test
	void textsAndValuesAreWrittenAsJson() {
		ManualSocket socket = open();
		this.connection.engine().request(new Message.Text("{\"/a\":1}"));
		this.connection.engine().request(new StringBuilder("{\"/b\":2}"));
		this.connection.settle();
		assertThat(socket.written()).containsExactly("{\"/id\":1,\"/a\":1}", "{\"/id\":2,\"/b\":2}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"/id\":1}", "{\"/id\":\"1\"}" })
	void generatedIdIsNoneThatWaits(String users) {
		ManualSocket socket = open();
		ReplyFate first = ask(users);
		ReplyFate second = ask("{}");
		assertThat(socket.written()).containsExactly(users, "{\"/id\":2}");
		reply(socket, "{\"/id\":2}");
		reply(socket, "{\"/id\":1}");
		assertThat(List.of(first, second)).hasToString("[{\"/id\":1}, {\"/id\":2}]");
	}

	@Test
	void requestWithAnIdThatWaitsIsRefusedAndTheOlderOneStays() {
		ManualSocket socket = open();
		ReplyFate generated = ask("{}");
		ReplyFate duplicate = ask("{\"/id\":\"1\"}");
		assertThat(List.of(generated, duplicate)).hasToString("[pending, DUPLICATE_ID]");
		assertThat(socket.written()).containsExactly("{\"/id\":1}");
		reply(socket, "{\"/id\":1}");
		assertThat(generated).hasToString("{\"/id\":1}");
		assertThat(ask("{\"/id\":\"1\"}")).as("the id is free again").hasToString("pending");
	}

	@Test
	void replyGoesToTheFutureOnTheCompletionsGroupAndNotToListeners() {
		ManualSocket socket = open();
		List<SimulatedWorkers.Group> groups = new ArrayList<>();
		this.connection.engine().request("{}").thenRun(() -> groups.add(this.connection.workers().running()));
		this.connection.settle();
		socket.text("{\"/id\":1}");
		assertThat(groups).as("not on the reader").isEmpty();
		this.connection.settle();
		assertThat(groups).containsExactly(SimulatedWorkers.Group.COMPLETIONS);
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened");
		assertThat(this.connection.engine().snapshot().received().messages()).isEqualTo(1);
	}

	@Test
	void replyIsFoundWhereItsIdIsSaidToBe() {
		this.connection.settings((settings) -> settings.request(new Request("/id", "/re", Duration.ofSeconds(10), 3)));
		ManualSocket socket = open();
		ReplyFate fate = ask("{}");
		reply(socket, "{\"/id\":1}");
		assertThat(fate).hasToString("pending");
		reply(socket, "{\"/re\":1,\"/id\":7}");
		assertThat(fate).hasToString("{\"/re\":1,\"/id\":7}");
		assertThat(this.connection.heard()).endsWith("Opened", "{\"/id\":1}");
	}

	@Test
	void everythingElseIsAnOrdinaryMessage() {
		ManualSocket socket = open();
		ReplyFate fate = ask("{}");
		reply(socket, "{\"/id\":2}");
		reply(socket, "no JSON");
		socket.engine().binary(new byte[] { 1 });
		reply(socket, "{\"/id\":1}");
		reply(socket, "{\"/id\":1,\"/second\":true}");
		assertThat(this.connection.heard()).endsWith("Opened", "{\"/id\":2}", "no JSON", "binary 1",
				"{\"/id\":1,\"/second\":true}");
		assertThat(fate).hasToString("{\"/id\":1}");
		assertThat(fate.completions()).isEqualTo(1);
	}

	@Test
	void nothingIsAReplyBeforeItsRequestWasWritten() {
		ManualSocket socket = open();
		this.connection.transport().hold();
		ReplyFate fate = ask("{\"/id\":5}");
		reply(socket, "{\"/id\":5,\"/own\":true}");
		assertThat(fate).hasToString("pending");
		assertThat(this.connection.heard()).endsWith("{\"/id\":5,\"/own\":true}");
		socket.take();
		reply(socket, "{\"/id\":5}");
		assertThat(fate).as("answered before the write has returned").hasToString("{\"/id\":5}");
		socket.flush();
		socket.done(null);
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().queue().messages()).isZero();
		assertThat(fate.completions()).isEqualTo(1);
	}

	@Test
	void pointersAreReadOnceAndNotForEachText() {
		AtomicInteger read = new AtomicInteger();
		this.connection.json(new FlatJson() {

			@Override
			public Place at(String pointer) {
				read.incrementAndGet();
				return super.at(pointer);
			}

		});
		ManualSocket socket = open();
		int before = read.get();
		ask("{}");
		reply(socket, "{\"/id\":1}");
		assertThat(before).isPositive();
		assertThat(read).hasValue(before);
	}

	@Test
	void textsAreReadOnlyWhileAReplyIsAwaited() {
		AtomicInteger read = new AtomicInteger();
		this.connection.json(new FlatJson() {

			@Override
			@Nullable String valueAt(String json, String pointer) {
				read.incrementAndGet();
				return super.valueAt(json, pointer);
			}

		});
		ManualSocket socket = open();
		reply(socket, "before");
		assertThat(read).hasValue(0);
		ask("{}");
		reply(socket, "meanwhile");
		reply(socket, "{\"/id\":1}");
		assertThat(read).hasValue(3);
		reply(socket, "answered");
		assertThat(read).hasValue(3);
		ask("{}");
		this.connection.advance(Duration.ofSeconds(10));
		reply(socket, "timed out");
		assertThat(read).hasValue(4);
	}

	@Test
	void asManyWaitAsMayAndOneMoreIsRefused() {
		ManualSocket socket = open();
		List<ReplyFate> fates = new ArrayList<>(List.of(ask("{}"), ask("{}"), ask("{}"), ask("{}")));
		assertThat(fates).hasToString("[pending, pending, pending, TOO_MANY_PENDING]");
		assertThat(this.connection.engine().snapshot().pendingRequests()).isEqualTo(3);
		assertThat(socket.written()).hasSize(3);
		reply(socket, "{\"/id\":2}");
		assertThat(this.connection.engine().snapshot().pendingRequests()).isEqualTo(2);
		assertThat(List.of(ask("{}"), ask("{}"))).hasToString("[pending, TOO_MANY_PENDING]");
	}

	@Test
	void whatCannotHoldAnIdIsRefusedAtOnce() {
		ManualSocket socket = open();
		assertThatIllegalArgumentException().isThrownBy(() -> this.connection.engine().request("[1]"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.connection.engine().request(new Message.Binary(new byte[1])))
			.withMessageContaining("binary");
		assertThat(this.connection.engine().snapshot().pendingRequests()).isZero();
		assertThat(this.connection.clock().pending()).doesNotContain("request");
		ask("{}");
		assertThat(socket.written()).hasSize(1);
	}

	@Test
	void textIsNotWrittenAsJsonOnceMore() {
		this.connection.json(new FlatJson() {

			@Override
			public String write(Object value) {
				return '"' + super.write(value) + '"';
			}

		});
		ManualSocket socket = open();
		ask("{}");
		assertThat(socket.written()).containsExactly("{\"/id\":1}");
	}

	@Test
	void requestsNeedToKnowWhereTheIdIs() {
		ManagedConnection engine = new TestConnection().json(new FlatJson()).engine();
		assertThatIllegalStateException().isThrownBy(() -> engine.request("{}")).withMessageContaining("request.id");
	}

	@Test
	void requestsNeedSomebodyWhoReadsJson() {
		TestConnection without = new TestConnection()
			.settings((settings) -> settings.request(new Request("/id", null, Duration.ofSeconds(10), 3)));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(without::engine)
			.withMessageContaining("request.id");
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private ReplyFate ask(String request) {
		ReplyFate fate = ReplyFate.of(this.connection.engine().request(request));
		this.connection.settle();
		return fate;
	}

	private void reply(ManualSocket socket, String text) {
		socket.text(text);
		this.connection.settle();
	}

}
