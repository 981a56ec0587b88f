package io.github.websocketresilience.sample;

import java.util.List;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The five recipes work against their endpoints, by configuration alone.
 */
@SampleTest
class RecipeTests {

	private static final List<String> NAMES = List.of("chat-by-id", "plain-echo", "outlive", "keyed-push",
			"message-codes");

	@Autowired
	private Sample sample;

	@Autowired
	private Witness witness;

	@AfterEach
	void close() {
		NAMES.forEach((it) -> this.sample.press("close", it));
		NAMES.forEach((it) -> this.sample.awaitState(it, ConnectionState.CLOSED));
		this.witness.forget();
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat-by-id", "plain-echo", "message-codes" })
	void heartbeatsAreAnswered(String recipe) {
		this.sample.press("start", recipe);
		this.sample.awaitState(recipe, ConnectionState.OPEN);
		await().atMost(Sample.PATIENCE).until(() -> this.sample.card(recipe).at("/roundTripMillis").isNumber());
		assertThat(this.sample.card(recipe).at("/recipe").asBoolean()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "outlive, business", "keyed-push, ack" })
	void anyMessageIsAnAnswer(String recipe, String answer) {
		this.sample.press("start", recipe);
		this.witness.awaitMessage(recipe, (text) -> text.contains(answer));
		this.witness.forget();
		this.witness.awaitMessage(recipe, (text) -> text.contains(answer));
		assertThat(this.sample.card(recipe).at("/attempt").asInt()).isOne();
	}

	@Test
	void allComeBack() {
		NAMES.forEach((it) -> this.sample.press("start", it));
		NAMES.forEach((it) -> this.sample.awaitState(it, ConnectionState.OPEN));
		this.witness.forget();
		this.sample.fault("drop");
		NAMES.forEach((it) -> this.witness.awaitEnd(it, (end) -> end.kind() == Kind.CONNECTION_LOST));
		NAMES.forEach(this.witness::awaitOpen);
	}

	@Test
	void serverThatHasFinishedIsLeftAlone() {
		this.sample.press("start", "keyed-push");
		this.witness.awaitMessage("keyed-push", (text) -> text.contains("ack"));
		this.sample.fault("close?key=abc&code=1000&reason=finished");
		this.sample.awaitState("keyed-push", ConnectionState.CLOSED);
		assertThat(this.sample.card("keyed-push").at("/gaveUp").asBoolean()).isTrue();
	}

	@Test
	void pageShowsTheFiles() {
		assertThat(this.sample.get("/api/recipes").valueStream()).hasSize(NAMES.size()).allSatisfy((recipe) -> {
			assertThat(NAMES).contains(recipe.at("/name").asString());
			assertThat(recipe.at("/title").asString()).hasSizeBetween(1, 30);
			assertThat(recipe.at("/yaml").asString()).contains("      " + recipe.at("/name").asString() + ":\n")
				.contains("auto-startup: false");
		});
	}

	@Test
	void missedPushesAreCounted() {
		this.sample.press("start", "keyed-push");
		this.witness.awaitMessage("keyed-push", (text) -> text.contains("push"));
		this.sample.press("close", "keyed-push");
		this.sample.awaitState("keyed-push", ConnectionState.CLOSED);
		long missed = this.sample.card("keyed-push").at("/missed").asLong();
		try (Visitor other = Visitor.at(this.sample.server("/ws?key=another"))) {
			await().atMost(Sample.PATIENCE).until(() -> other.texts().size() >= 2);
		}
		this.sample.press("start", "keyed-push");
		await().atMost(Sample.PATIENCE).until(() -> this.sample.card("keyed-push").at("/missed").asLong() > missed);
	}

}
