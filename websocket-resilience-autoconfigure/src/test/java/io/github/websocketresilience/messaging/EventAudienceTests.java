package io.github.websocketresilience.messaging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.ContextStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventAudience}: message events are published only when someone
 * listens, whoever it is and whenever it came.
 */
class EventAudienceTests {

	private final StubConnection connection = new StubConnection("prices");

	private final List<String> heard = new ArrayList<>();

	@Test
	void nobodyListens() {
		with(Empty.class, (context) -> {
			receive(context, "1");
			receive(context, "2");
			assertThat(context.published).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { OtherListeners.class, SmartButDeaf.class, LazyButDeaf.class })
	void listenersOfOtherEventsAreNoAudience(Class<?> configuration) {
		with(configuration, (context) -> {
			receive(context, "1");
			assertThat(context.published).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { Annotated.class, AnnotatedForAll.class, ListenerBean.class, RawListenerBean.class,
			SmartListenerBean.class, LazyListenerBean.class, PrototypeListenerBean.class, LazyRawListenerBean.class,
			ListenerFromFactoryBean.class, OwnMulticaster.class })
	void somebodyListens(Class<?> configuration) {
		with(configuration, (context) -> {
			receive(context, "1");
			assertThat(context.published).hasSize(1);
		});
	}

	@Test
	void listenerMayComeLater() {
		with(Empty.class, (context) -> {
			receive(context, "1");
			context.addApplicationListener(new Hearing(this.heard));
			receive(context, "2");
			receive(context, "3");
			assertThat(this.heard).containsExactly("2", "3");
		});
	}

	@Test
	void otherListenersMayComeBeforeIt() {
		with(Empty.class, (context) -> {
			context.addApplicationListener(new StartListener());
			receive(context, "1");
			context.addApplicationListener(new StartListener());
			receive(context, "2");
			context.addApplicationListener(new Hearing(this.heard));
			receive(context, "3");
			assertThat(context.published).hasSize(1);
			assertThat(this.heard).containsExactly("3");
		});
	}

	@Test
	void listenerMayReplaceAnotherOne() {
		with(Empty.class, (context) -> {
			StartListener other = new StartListener();
			context.addApplicationListener(other);
			receive(context, "1");
			context.removeApplicationListener(other);
			context.addApplicationListener(new Hearing(this.heard));
			context.listener.onEvent(this.connection,
					new ConnectionEvent.HeartbeatMissed("prices", 1, Instant.EPOCH, 1));
			receive(context, "2");
			assertThat(this.heard).containsExactly("2");
		});
	}

	@Test
	void listenerMayBelongToTheParent() {
		with(Empty.class, (parent) -> {
			try (PublishingContext child = new PublishingContext(Empty.class)) {
				child.setParent(parent);
				child.refresh();
				ApplicationEventPublishingListener listener = new ApplicationEventPublishingListener(child, null);
				receive(listener, "1");
				parent.addApplicationListener(new Hearing(this.heard));
				receive(listener, "2");
				assertThat(child.published).hasSize(1);
				assertThat(this.heard).containsExactly("2");
			}
		});
	}

	@Test
	void listenerMayBeAddedBeforeTheRefresh() {
		try (PublishingContext context = new PublishingContext(Empty.class)) {
			context.addApplicationListener(new Hearing(this.heard));
			context.refresh();
			receive(context, "1");
			assertThat(this.heard).containsExactly("1");
		}
	}

	private void with(Class<?> configuration, Consumer<PublishingContext> test) {
		try (PublishingContext context = new PublishingContext(configuration)) {
			context.refresh();
			test.accept(context);
		}
	}

	private void receive(PublishingContext context, String text) {
		receive(context.listener, text);
	}

	private void receive(ApplicationEventPublishingListener listener, String text) {
		Message message = new Message.Text(text);
		if (listener.handles(this.connection, message)) {
			listener.onMessage(this.connection, message);
		}
	}

	/**
	 * Remembers what was published, whether anybody listened or not.
	 */
	private static final class PublishingContext extends AnnotationConfigApplicationContext {

		private final List<Object> published = new ArrayList<>();

		private final ApplicationEventPublishingListener listener = new ApplicationEventPublishingListener(this, null);

		PublishingContext(Class<?> configuration) {
			register(configuration);
		}

		@Override
		protected void publishEvent(Object event, @Nullable ResolvableType type) {
			if (event instanceof WebSocketMessageEvent) {
				this.published.add(event);
			}
			super.publishEvent(event, type);
		}

	}

	private record Hearing(List<String> heard) implements ApplicationListener<WebSocketMessageEvent> {

		@Override
		public void onApplicationEvent(WebSocketMessageEvent event) {
			this.heard.add(event.text());
		}

	}

	static class StartListener implements ApplicationListener<ContextStartedEvent> {

		@Override
		public void onApplicationEvent(ContextStartedEvent event) {
		}

	}

	static class SmartListener implements SmartApplicationListener {

		private final Class<? extends ApplicationEvent> type;

		SmartListener(Class<? extends ApplicationEvent> type) {
			this.type = type;
		}

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
			return type == this.type;
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	static class Empty {

	}

	static class OtherListeners {

		@EventListener
		void on(WebSocketStateEvent event) {
		}

		@EventListener
		void on(String payload) {
		}

		@Bean
		StartListener startListener() {
			return new StartListener();
		}

	}

	static class SmartButDeaf {

		@Bean
		SmartListener listener() {
			return new SmartListener(ContextStartedEvent.class);
		}

	}

	static class LazyButDeaf {

		@Bean
		@Lazy
		StartListener listener() {
			return new StartListener();
		}

	}

	static class Annotated {

		@EventListener
		void on(WebSocketMessageEvent event) {
		}

	}

	static class AnnotatedForAll {

		@EventListener
		void on(Object event) {
		}

	}

	static class ListenerBean {

		@Bean
		Hearing listener() {
			return new Hearing(new ArrayList<>());
		}

	}

	static class RawListenerBean {

		@Bean
		ApplicationListener<?> listener() {
			return (event) -> {
			};
		}

	}

	static class SmartListenerBean {

		@Bean
		SmartListener listener() {
			return new SmartListener(WebSocketMessageEvent.class);
		}

	}

	static class LazyListenerBean {

		@Bean
		@Lazy
		Hearing listener() {
			return new Hearing(new ArrayList<>());
		}

	}

	static class PrototypeListenerBean {

		@Bean
		@Scope("prototype")
		Hearing listener() {
			return new Hearing(new ArrayList<>());
		}

	}

	static class LazyRawListenerBean {

		@Bean
		@Lazy
		ApplicationListener<?> listener() {
			return new Hearing(new ArrayList<>());
		}

	}

	static class ListenerFromFactoryBean {

		@Bean
		FactoryBean<Hearing> listener() {
			return new FactoryBean<>() {

				@Override
				public Hearing getObject() {
					return new Hearing(new ArrayList<>());
				}

				@Override
				public Class<?> getObjectType() {
					return Hearing.class;
				}

			};
		}

	}

	static class OwnMulticaster {

		@Bean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME)
		SimpleApplicationEventMulticaster multicaster(GenericApplicationContext context) {
			return new SimpleApplicationEventMulticaster(context.getBeanFactory()) {
			};
		}

	}

}
