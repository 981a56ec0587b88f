package io.github.websocketresilience.messaging;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * A method of a bean that takes messages. Its bean, if it is lazy, is made by the first
 * one.
 */
final class ListenerMethod {

	private final ListenerSite site;

	private final List<ListenerFilter> filters;

	private final ListenerArguments arguments;

	private final BeanFactory beans;

	private volatile @Nullable InvocableHandlerMethod invocable;

	ListenerMethod(ListenerSite site, List<ListenerFilter> filters, ListenerArguments arguments, BeanFactory beans) {
		this.site = site;
		this.filters = filters;
		this.arguments = arguments;
		this.beans = beans;
	}

	/**
	 * Return the name to show.
	 * @return the names of class and method
	 */
	String name() {
		return this.site.shortName();
	}

	List<ListenerFilter> filters() {
		return this.filters;
	}

	/**
	 * Return the same method for the messages of one connection.
	 * @param filters those that let messages of the connection through
	 * @return the method
	 */
	ListenerMethod with(List<ListenerFilter> filters) {
		return new ListenerMethod(this.site, filters, this.arguments, this.beans);
	}

	/**
	 * Call the method, if the message is for it, and send what it answers.
	 * @param message the message
	 * @throws Exception what the method threw
	 */
	void take(IncomingMessage message) throws Exception {
		if (!this.arguments.accept(message.getPayload()) || !isLet(message)) {
			return;
		}
		InvocableHandlerMethod method = invocable();
		Object answer = method.invoke(message);
		if (answer != null) {
			new ListenerAnswer(name(), message.connection()).send(answer, method.getReturnValueType(answer));
		}
	}

	private boolean isLet(IncomingMessage message) {
		for (ListenerFilter filter : this.filters) {
			if (filter.lets(message)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Two threads may both look the bean up: no lock is held while a bean is made.
	 */
	private InvocableHandlerMethod invocable() {
		InvocableHandlerMethod method = this.invocable;
		if (method == null) {
			Object bean = this.beans.getBean(this.site.beanName());
			method = new InvocableHandlerMethod(bean,
					AopUtils.selectInvocableMethod(this.site.method(), bean.getClass()));
			method.setMessageMethodArgumentResolvers(
					new HandlerMethodArgumentResolverComposite().addResolver(this.arguments));
			this.invocable = method;
		}
		return method;
	}

}
