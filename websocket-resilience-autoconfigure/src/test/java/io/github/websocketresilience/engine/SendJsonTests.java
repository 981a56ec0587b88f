package io.github.websocketresilience.engine;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for values that are sent as JSON.
 */
class SendJsonTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void valueIsWrittenOnTheCallingThread() {
		this.connection.json(new FlatJson());
		StringBuilder value = new StringBuilder("{}");
		Fate fate = Fate.of(this.connection.engine().sendJson(value));
		value.setLength(0);
		this.connection.start();
		assertThat(this.connection.open().written()).containsExactly("{}");
		assertThat(fate).hasToString("sent");
	}

	@Test
	void valueWithAKeyReplacesAnOlderOne() {
		this.connection.json(new FlatJson());
		List<Fate> fates = List.of(Fate.of(this.connection.engine().sendJson("{\"a\":1}", "key")),
				Fate.of(this.connection.engine().sendJson("{\"a\":2}", "key")));
		this.connection.start();
		assertThat(this.connection.open().written()).containsExactly("{\"a\":2}");
		assertThat(fates).hasToString("[REPLACED, sent]");
	}

	@Test
	void valueThatCannotBeWrittenIsTheCallersAffair() {
		this.connection.json(new FlatJson() {

			@Override
			public String write(Object value) {
				throw new IllegalArgumentException("a circle");
			}

		});
		assertThatIllegalArgumentException().isThrownBy(() -> this.connection.engine().sendJson(this));
		assertThat(this.connection.engine().snapshot().queue().messages()).isZero();
	}

	@Test
	void somebodyHasToWriteJson() {
		assertThatIllegalStateException().isThrownBy(() -> this.connection.engine().sendJson("{}"))
			.withMessageContaining("Jackson");
		assertThatIllegalStateException().isThrownBy(() -> this.connection.engine().sendJson("{}", "key"))
			.withMessageContaining("prices");
	}

}
