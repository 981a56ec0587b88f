package io.github.websocketresilience.logging;

import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.DeliveryInterceptor.Delivery;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MdcDeliveryInterceptor}.
 */
class MdcDeliveryInterceptorTests {

	private final MdcDeliveryInterceptor interceptor = new MdcDeliveryInterceptor();

	private final List<String> seen = new ArrayList<>();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void nameIsThereWhileAListenerRuns() {
		deliver("prices", this::look);
		assertThat(this.seen).containsExactly("prices");
		assertThat(MDC.get(MdcDeliveryInterceptor.KEY)).isNull();
	}

	@Test
	void listenerOfOneConnectionMayRunInsideThatOfAnother() {
		deliver("prices", () -> {
			deliver("orders", this::look);
			look();
		});
		assertThat(this.seen).containsExactly("orders", "prices");
	}

	@Test
	void whatWasThereBeforeIsThereAgain() {
		MDC.put(MdcDeliveryInterceptor.KEY, "mine");
		MDC.put("request", "42");
		deliver("prices", this::look);
		assertThat(this.seen).containsExactly("prices");
		assertThat(MDC.get(MdcDeliveryInterceptor.KEY)).isEqualTo("mine");
		assertThat(MDC.get("request")).isEqualTo("42");
	}

	@Test
	void exceptionPassesAndLeavesNothing() {
		assertThatIllegalStateException().isThrownBy(() -> deliver("prices", () -> {
			throw new IllegalStateException("mine");
		})).withMessage("mine");
		assertThat(MDC.get(MdcDeliveryInterceptor.KEY)).isNull();
	}

	@Test
	void nameThatAListenerTookAwayIsNoTrouble() {
		MDC.put(MdcDeliveryInterceptor.KEY, "mine");
		deliver("prices", MDC::clear);
		assertThat(MDC.get(MdcDeliveryInterceptor.KEY)).isEqualTo("mine");
	}

	private void deliver(String connection, Runnable call) {
		this.interceptor.intercept(new Delivery(new StubConnection(connection), new Message.Text("tick"), null), call);
	}

	private void look() {
		this.seen.add(MDC.get(MdcDeliveryInterceptor.KEY));
	}

}
