package io.github.websocketresilience.transport;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session of a container, which records what is called to send.
 */
final class RecordingRemote {

	/** What was called, in order, each a line. */
	final List<String> calls = new CopyOnWriteArrayList<>();

	private final Support support;

	private volatile Trap trap = (call) -> {
	};

	private volatile boolean batching;

	RecordingRemote(Support support) {
		this.support = support;
	}

	/**
	 * Let something happen inside each call, after it was recorded.
	 * @param trap what happens
	 */
	void trap(Trap trap) {
		this.trap = trap;
	}

	Session session() {
		RemoteEndpoint.Basic remote = proxy(RemoteEndpoint.Basic.class, this::call);
		return proxy(Session.class, (method, argument) -> remote);
	}

	long count(String call) {
		return this.calls.stream().filter(call::equals).count();
	}

	private @Nullable Object call(String method, @Nullable Object argument) throws Exception {
		if (method.equals("getBatchingAllowed")) {
			return this.batching;
		}
		String call = method + ((argument != null) ? " " + show(argument) : "");
		this.calls.add(call);
		if (method.equals("setBatchingAllowed")) {
			if (this.support == Support.THROWS) {
				throw new UnsupportedOperationException("expected by the test");
			}
			this.batching = this.support == Support.YES && Boolean.TRUE.equals(argument);
		}
		this.trap.spring(call);
		return null;
	}

	private static Object show(Object argument) {
		return (argument instanceof ByteBuffer buffer) ? buffer.remaining() : argument;
	}

	private static <T> T proxy(Class<T> type, Answer answer) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answer.to(method.getName(), (arguments != null) ? arguments[0] : null)));
	}

	/**
	 * Whether the container batches.
	 */
	enum Support {

		YES, IGNORES, THROWS

	}

	@FunctionalInterface
	interface Trap {

		void spring(String call) throws Exception;

	}

	@FunctionalInterface
	private interface Answer {

		@Nullable Object to(String method, @Nullable Object argument) throws Exception;

	}

}
