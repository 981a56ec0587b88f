package io.github.websocketresilience.messaging;

import java.io.Serial;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.messaging.ListenerContext.Heard;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link WebSocketListenerMethodProcessor}: which methods are found, and what
 * is refused at startup.
 */
class WebSocketListenerMethodProcessorTests {

	@ParameterizedTest
	@ValueSource(classes = { Plain.class, Inheriting.class, OfInterface.class, Meta.class, ProxiedByClass.class,
			ProxiedByInterface.class, Made.class, BeanMethod.class, ScopedByProxy.class, StaticMethod.class })
	void methodIsFound(Class<?> component) {
		try (ListenerContext context = ListenerContext.of(component)) {
			context.receive("{\"n\":1}");
			assertThat(context.heard()).containsExactly("heard");
		}
	}

	@Test
	void typeOfAGenericClassIsResolved() {
		try (ListenerContext context = ListenerContext.of(OfGenericBase.class)) {
			context.receive("[{\"n\":1}]");
			assertThat(context.heard()).containsExactly("heard");
		}
		try (ListenerContext context = ListenerContext.of(NumberListener.class)) {
			context.receive("{\"n\":1}");
			assertThat(context.heard()).containsExactly("heard");
		}
	}

	@Test
	void lazyBeanIsMadeByItsFirstMessage() {
		LazyOne.made.set(0);
		try (ListenerContext context = ListenerContext.of(LazyOne.class)) {
			context.receive("other");
			assertThat(LazyOne.made).hasValue(0);
			context.receive("mine");
			context.receive("mine");
			assertThat(LazyOne.made).hasValue(1);
			assertThat(context.heard()).containsExactly("heard", "heard");
		}
	}

	@Test
	void lazyBeanThatCannotBeMadeFailsAlone() {
		try (ListenerContext context = ListenerContext.of(LazyAndBroken.class, Plain.class)) {
			assertThat(context.failureAt("a").listener())
				.isEqualTo("WebSocketListenerMethodProcessorTests.LazyAndBroken.on");
			assertThat(context.heard()).containsExactly("heard");
		}
	}

	@Test
	void beanThatComesAfterTheRefreshIsNotHeard() {
		try (ListenerContext context = ListenerContext.of(Object.class)) {
			new AnnotatedBeanDefinitionReader(context.spring()).register(Plain.class);
			context.spring().getBean(Plain.class);
			context.receive("a");
			assertThat(context.heard()).isEmpty();
		}
	}

	@Test
	void unknownConnectionIsRefused() {
		InvalidWebSocketListenerException refused = refusal(UnknownConnection.class);
		assertThat(refused).hasMessage("the @WebSocketListener method"
				+ " 'WebSocketListenerMethodProcessorTests.UnknownConnection.on(String)' of bean"
				+ " 'webSocketListenerMethodProcessorTests.UnknownConnection' wants messages of a connection 'prizes',"
				+ " which does not exist");
		assertThat(refused.action()).isEqualTo("Name one of prices, orders, or 'dynamic' for those opened at run time,"
				+ " or configure the connection.");
	}

	@Test
	void twoPayloadsAreRefused() {
		assertThat(refusal(TwoPayloads.class))
			.hasMessageEndingWith("takes two payloads, java.lang.String and tools.jackson.databind.JsonNode");
	}

	@Test
	void textAndBinaryAtOnceAreRefused() {
		assertThat(refusal(BothKinds.class))
			.hasMessageEndingWith("takes a text message and a binary one, and no message is both");
	}

	@ParameterizedTest
	@ValueSource(classes = { SpringsMessage.class, StateEvent.class })
	void whatComesWithNoMessageIsRefused(Class<?> component) {
		InvalidWebSocketListenerException refused = refusal(component);
		assertThat(refused).hasMessageEndingWith(", which does not come with a message");
		assertThat(refused.action()).startsWith("Take a io.github.websocketresilience.Message or a ");
	}

	@Test
	void invalidPatternIsRefused() {
		assertThat(refusal(InvalidPattern.class))
			.hasMessageContaining("has '(' as 'pattern', which is no regular expression: Unclosed group");
	}

	@ParameterizedTest
	@ValueSource(classes = { NoValue.class, NoPointer.class, LooseTilde.class })
	void invalidMatchIsRefused(Class<?> component) {
		InvalidWebSocketListenerException refused = refusal(component);
		assertThat(refused).hasMessageContaining("in 'match', which is not a JSON pointer, '=' and a value");
		assertThat(refused.action()).isEqualTo("Write it like '/type=trade'.");
	}

	@Test
	void samePointerTwiceIsRefused() {
		assertThat(refusal(SamePointer.class)).hasMessageContaining("has '/type' twice in 'match'");
	}

	@Test
	void placeholderThatNamesNothingIsRefused() {
		assertThat(refusal(Unresolvable.class)).hasMessageContaining("a connection '${nothing}', which does not exist");
	}

	@Test
	void prototypeIsRefused() {
		assertThat(refusal(Prototype.class)).hasMessageContaining("belongs to no singleton");
	}

	@ParameterizedTest
	@ValueSource(classes = { PrivateBehindProxy.class, NotInInterface.class, GenericByInterface.class })
	void methodThatNoProxyCanCallIsRefused(Class<?> component) {
		assertThat(refusal(component)).hasMessageContaining("cannot be called through the proxy of its bean");
	}

	@Test
	void withoutJsonLibraryOnlyJsonIsRefused() {
		assertThatExceptionOfType(InvalidWebSocketListenerException.class)
			.isThrownBy(() -> ListenerContext.withReader(null, TakesNode.class))
			.withMessageContaining("takes a tools.jackson.databind.JsonNode, to be read from JSON, but no JSON library")
			.extracting(InvalidWebSocketListenerException::action)
			.isEqualTo("Add 'org.springframework.boot:spring-boot-starter-jackson'.");
		assertThatExceptionOfType(InvalidWebSocketListenerException.class)
			.isThrownBy(() -> ListenerContext.withReader(null, Matching.class))
			.withMessageContaining("has a 'match', but no JSON library is there");
		try (ListenerContext context = ListenerContext.withReader(null, Plain.class)) {
			context.receive("a");
			assertThat(context.heard()).containsExactly("heard");
		}
	}

	private static InvalidWebSocketListenerException refusal(Class<?> component) {
		InvalidWebSocketListenerException refused = catchThrowableOfType(InvalidWebSocketListenerException.class,
				() -> ListenerContext.of(component).close());
		assertThat(refused).isNotNull();
		return refused;
	}

	static class Plain {

		private final Heard heard;

		Plain(Heard heard) {
			this.heard = heard;
		}

		@WebSocketListener
		void on(String text) {
			this.heard.add("heard");
		}

	}

	static class Inheriting extends Plain {

		Inheriting(Heard heard) {
			super(heard);
		}

	}

	interface Listening<T> {

		@WebSocketListener
		void on(T payload);

	}

	interface ListeningToTexts {

		@WebSocketListener
		void on(String payload);

	}

	record OfPlainInterface(Heard heard) implements ListeningToTexts {

		@Override
		public void on(String payload) {
			this.heard.add("heard");
		}

	}

	abstract static class GenericBase<T> {

		@WebSocketListener
		void on(List<T> payload) {
			heard(payload.get(0));
		}

		abstract void heard(T first);

	}

	static class OfGenericBase extends GenericBase<Number> {

		private final Heard heard;

		OfGenericBase(Heard heard) {
			this.heard = heard;
		}

		@Override
		void heard(Number first) {
			this.heard.add((first.n() == 1) ? "heard" : first);
		}

	}

	record OfInterface(Heard heard) implements Listening<JsonNode> {

		@Override
		public void on(JsonNode payload) {
			this.heard.add("heard");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@WebSocketListener(connections = "prices")
	@interface PricesListener {

		@AliasFor(annotation = WebSocketListener.class)
		String[] match() default {};

	}

	record Meta(Heard heard) {

		@PricesListener(match = "/n=1")
		void one() {
			this.heard.add("heard");
		}

		@PricesListener(match = "/n=2")
		void two() {
			this.heard.add("two");
		}

	}

	record StaticMethod() {

		private static @Nullable Heard heard;

		@Bean
		static BeanPostProcessor keep(Heard kept) {
			heard = kept;
			return new BeanPostProcessor() {
			};
		}

		@WebSocketListener
		static void on() {
			if (heard != null) {
				heard.add("heard");
			}
		}

	}

	/** Spring's own way to a proxy, for the bean named target. */
	static class Proxying extends BeanNameAutoProxyCreator {

		@Serial
		private static final long serialVersionUID = 1L;

		Proxying(boolean byClass) {
			setBeanNames("target");
			setProxyTargetClass(byClass);
		}

		@Override
		protected Object @Nullable [] getAdvicesAndAdvisorsForBean(Class<?> type, String name,
				@Nullable TargetSource targetSource) {
			return name.equals("target") ? new Object[] { (MethodInterceptor) (invocation) -> invocation.proceed() }
					: DO_NOT_PROXY;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxiedByClass {

		@Bean
		static Proxying proxying() {
			return new Proxying(true);
		}

		@Bean
		Plain target(Heard heard) {
			return new Plain(heard);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxiedByInterface {

		@Bean
		static Proxying proxying() {
			return new Proxying(false);
		}

		@Bean
		@Lazy
		OfPlainInterface target(Heard heard) {
			return new OfPlainInterface(heard);
		}

	}

	record Number(int n) {
	}

	static final class NumberListener implements Listening<Number> {

		private final Heard heard;

		NumberListener(Heard heard) {
			this.heard = heard;
		}

		@Override
		public void on(Number payload) {
			this.heard.add((payload.n() == 1) ? "heard" : payload);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GenericByInterface {

		@Bean
		static Proxying proxying() {
			return new Proxying(false);
		}

		@Bean
		NumberListener target(Heard heard) {
			return new NumberListener(heard);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethod {

		@Bean
		Object listener(Heard heard) {
			return new Plain(heard);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Made {

		@Bean
		FactoryBean<Plain> listener(Heard heard) {
			return new FactoryBean<>() {

				@Override
				public Plain getObject() {
					return new Plain(heard);
				}

				@Override
				public Class<?> getObjectType() {
					return Plain.class;
				}

			};
		}

	}

	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedByProxy {

		private @Nullable Heard heard;

		@Autowired
		void heard(Heard heard) {
			this.heard = heard;
		}

		@WebSocketListener
		void on(String text) {
			if (this.heard != null) {
				this.heard.add("heard");
			}
		}

	}

	@Lazy
	static class LazyOne {

		private static final AtomicInteger made = new AtomicInteger();

		private final Heard heard;

		LazyOne(Heard heard) {
			made.incrementAndGet();
			this.heard = heard;
		}

		@WebSocketListener(pattern = "mine")
		void on() {
			this.heard.add("heard");
		}

	}

	@Lazy
	static class LazyAndBroken {

		LazyAndBroken() {
			throw new IllegalStateException("broken");
		}

		@WebSocketListener
		void on() {
		}

	}

	static class UnknownConnection {

		@WebSocketListener("prizes")
		void on(String text) {
		}

	}

	static class TwoPayloads {

		@WebSocketListener
		void on(String text, WebSocketMessageEvent event, JsonNode node) {
		}

	}

	static class BothKinds {

		@WebSocketListener
		void on(Message message, Message.Text text, Message.Binary binary) {
		}

	}

	static class SpringsMessage {

		@WebSocketListener
		void on(org.springframework.messaging.Message<String> message) {
		}

	}

	static class StateEvent {

		@WebSocketListener
		void on(WebSocketStateEvent event) {
		}

	}

	static class InvalidPattern {

		@WebSocketListener(pattern = "(")
		void on() {
		}

	}

	static class NoValue {

		@WebSocketListener(match = "/type")
		void on() {
		}

	}

	static class NoPointer {

		@WebSocketListener(match = "type=trade")
		void on() {
		}

	}

	static class LooseTilde {

		@WebSocketListener(match = "/a~b=trade")
		void on() {
		}

	}

	static class SamePointer {

		@WebSocketListener(match = { "/type=a", "/type=b" })
		void on() {
		}

	}

	static class Unresolvable {

		@WebSocketListener("${nothing}")
		void on() {
		}

	}

	@Scope("prototype")
	static class Prototype {

		@WebSocketListener
		void on() {
		}

	}

	static class Hidden {

		@WebSocketListener
		private void on() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrivateBehindProxy {

		@Bean
		static Proxying proxying() {
			return new Proxying(true);
		}

		@Bean
		Hidden target() {
			return new Hidden();
		}

	}

	static class Unlisted implements Runnable {

		@Override
		public void run() {
		}

		@WebSocketListener
		void on() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NotInInterface {

		@Bean
		static Proxying proxying() {
			return new Proxying(false);
		}

		@Bean
		Unlisted target() {
			return new Unlisted();
		}

	}

	static class TakesNode {

		@WebSocketListener
		void on(JsonNode node) {
		}

	}

	static class Matching {

		@WebSocketListener(match = "/a=b")
		void on(String text) {
		}

	}

}
