package io.github.websocketresilience.messaging;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnections;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An application with two connections, {@code prices} and {@code orders}, whose beans
 * listen.
 */
final class ListenerContext implements AutoCloseable {

	private final RecordingConnection prices = new RecordingConnection("prices");

	private final RecordingConnection orders = new RecordingConnection("orders");

	private final Heard heard = new Heard();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private ListenerContext(@Nullable MessageReader reader, Class<?>... components) {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(
					new MapPropertySource("test", Map.of("feed", "prices", "kind", "trade", "expression", "t[a-z]+")));
		WebSocketListenerDispatcher dispatcher = new WebSocketListenerDispatcher(reader);
		this.context.registerBean(Heard.class, () -> this.heard);
		this.context.registerBean(WebSocketListenerDispatcher.class, () -> dispatcher);
		this.context.registerBean(WebSocketListenerMethodProcessor.class,
				() -> new WebSocketListenerMethodProcessor(dispatcher, new StubConnections(this.prices, this.orders)));
		this.context.register(components);
	}

	static ListenerContext of(Class<?>... components) {
		return start(new ListenerContext(new JacksonMessageReader(JsonMapper.builder().build()), components));
	}

	static ListenerContext withReader(@Nullable MessageReader reader, Class<?>... components) {
		return start(new ListenerContext(reader, components));
	}

	private static ListenerContext start(ListenerContext context) {
		try {
			context.context.refresh();
			return context;
		}
		catch (RuntimeException ex) {
			context.close();
			throw ex;
		}
	}

	AnnotationConfigApplicationContext spring() {
		return this.context;
	}

	RecordingConnection prices() {
		return this.prices;
	}

	void receive(String text) {
		receive(new Message.Text(text));
	}

	void receive(Message message) {
		this.context.getBean(WebSocketListenerDispatcher.class).onMessage(this.prices, message);
	}

	void receiveOrder(String text) {
		this.context.getBean(WebSocketListenerDispatcher.class).onMessage(this.orders, new Message.Text(text));
	}

	void receiveFrom(RecordingConnection connection, String text) {
		this.context.getBean(WebSocketListenerDispatcher.class).onMessage(connection, new Message.Text(text));
	}

	/** What the methods threw at a text. */
	ListenerMethodException failureAt(String text) {
		ListenerMethodException failure = catchThrowableOfType(ListenerMethodException.class, () -> receive(text));
		if (failure == null) {
			throw new AssertionError("no method failed");
		}
		return failure;
	}

	/** What was heard since this was last asked. */
	List<Object> heard() {
		List<Object> all = List.copyOf(this.heard.all);
		this.heard.all.clear();
		return all;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Where methods write what they got.
	 */
	static final class Heard {

		private final List<Object> all = new CopyOnWriteArrayList<>();

		void add(Object it) {
			this.all.add(it);
		}

	}

}
