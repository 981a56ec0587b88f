package io.github.websocketresilience.messaging;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Finds the {@link WebSocketListener} methods of all beans when all singletons exist, by
 * the names and types of the beans, so that a lazy one stays lazy. What is wrong with an
 * annotation fails startup.
 */
public final class WebSocketListenerMethodProcessor implements SmartInitializingSingleton, BeanFactoryAware {

	private static final Logger logger = LoggerFactory.getLogger(WebSocketListenerMethodProcessor.class);

	private final WebSocketListenerDispatcher dispatcher;

	private final WebSocketConnections connections;

	private @Nullable ConfigurableListableBeanFactory beans;

	/**
	 * Create a processor.
	 * @param dispatcher calls the methods that are found
	 * @param connections all connections, to check names
	 */
	public WebSocketListenerMethodProcessor(WebSocketListenerDispatcher dispatcher, WebSocketConnections connections) {
		this.dispatcher = dispatcher;
		this.connections = connections;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, beanFactory);
		this.beans = (ConfigurableListableBeanFactory) beanFactory;
	}

	/**
	 * Find the methods.
	 * @throws InvalidWebSocketListenerException if one cannot listen as it is annotated
	 */
	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory factory = this.beans;
		Assert.state(factory != null, "'beanFactory' must be set");
		ListenerFilterReader filters = new ListenerFilterReader(new EmbeddedValueResolver(factory), this.connections,
				this.dispatcher.reader());
		List<ListenerMethod> found = new ArrayList<>();
		sites(factory).stream()
			.sorted(Comparator.comparingInt((site) -> order(site.method())))
			.forEach((site) -> found.add(listener(site, filters, factory)));
		this.dispatcher.callThese(found);
	}

	private static List<ListenerSite> sites(ConfigurableListableBeanFactory factory) {
		List<ListenerSite> sites = new ArrayList<>();
		for (String name : factory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : targetClass(factory, name);
			if (type != null && AnnotationUtils.isCandidateClass(type, WebSocketListener.class) && !isOfSpring(type)) {
				annotatedMethods(name, type).forEach((method) -> sites.add(new ListenerSite(name, type, method)));
			}
		}
		return sites;
	}

	private static @Nullable Class<?> targetClass(ConfigurableListableBeanFactory factory, String name) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(factory, name);
			return (type != null && ScopedObject.class.isAssignableFrom(type))
					? AutoProxyUtils.determineTargetClass(factory, ScopedProxyUtils.getTargetBeanName(name)) : type;
		}
		catch (RuntimeException | LinkageError ex) {
			// As a lazy bean may be whose class needs what is not there
			logger.debug("The class of bean '{}' cannot be resolved, so it listens to no messages", name, ex);
			return null;
		}
	}

	private static Set<Method> annotatedMethods(String name, Class<?> type) {
		try {
			Map<Method, Boolean> methods = MethodIntrospector.selectMethods(type,
					(Method method) -> annotations(method).isEmpty() ? null : Boolean.TRUE);
			return methods.keySet();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The methods of bean '{}' cannot be resolved, so they listen to no messages", name, ex);
			return Set.of();
		}
	}

	private static Set<WebSocketListener> annotations(Method method) {
		return AnnotatedElementUtils.findMergedRepeatableAnnotations(method, WebSocketListener.class,
				WebSocketListeners.class);
	}

	private static boolean isOfSpring(Class<?> type) {
		return type.getName().startsWith("org.springframework.")
				&& !AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class);
	}

	private static int order(Method method) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(method, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	private static ListenerMethod listener(ListenerSite site, ListenerFilterReader filters,
			ConfigurableListableBeanFactory factory) {
		checkInvocable(site, factory);
		ListenerArguments arguments = new ListenerArguments(site);
		filters.check(site, arguments);
		return new ListenerMethod(site,
				annotations(site.method()).stream().map((annotation) -> filters.read(site, annotation)).toList(),
				arguments, factory);
	}

	private static void checkInvocable(ListenerSite site, ConfigurableListableBeanFactory factory) {
		if (!factory.isSingleton(site.beanName())) {
			throw new InvalidWebSocketListenerException(site,
					"belongs to no singleton, so nobody knows which object" + " to call",
					"Make the bean a singleton, or give its scope a proxy.");
		}
		try {
			AopUtils.selectInvocableMethod(site.method(), factory.getType(site.beanName()));
		}
		catch (IllegalStateException ex) {
			throw new InvalidWebSocketListenerException(site, "cannot be called through the proxy of its bean",
					"Declare it in an interface of the bean, or make it neither private nor static and let the bean"
							+ " be proxied by its class.",
					ex);
		}
	}

}
