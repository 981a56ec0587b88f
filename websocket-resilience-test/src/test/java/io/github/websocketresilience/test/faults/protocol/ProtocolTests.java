package io.github.websocketresilience.test.faults.protocol;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every case of a theme on a socket of its own, one after the other, in one application.
 */
@Tag("faults")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
abstract class ProtocolTests {

	private final Theme theme;

	private ProtocolClient client;

	ProtocolTests(Theme theme) {
		this.theme = theme;
	}

	@BeforeAll
	void open() {
		this.client = this.theme.client();
	}

	@AfterAll
	void close() {
		this.client.close();
	}

	List<ProtocolCase> cases() {
		return this.theme.cases();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	@Execution(ExecutionMode.SAME_THREAD)
	void outcomeIsAsDocumented(ProtocolCase protocolCase) {
		assertThat(this.client.meet(protocolCase)).isEqualTo(protocolCase.seen());
	}

}
