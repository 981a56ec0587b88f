package io.github.websocketresilience.messaging;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.util.ClassUtils;

/**
 * Where a method that listens was found.
 *
 * @param beanName the name of its bean
 * @param type the class of the bean, not that of a proxy
 * @param method the method of that class
 */
record ListenerSite(String beanName, Class<?> type, Method method) {

	/**
	 * Return how the listener is called in events, logs and metrics.
	 * @return the names of class and method
	 */
	String shortName() {
		return ClassUtils.getShortName(this.type) + "." + this.method.getName();
	}

	@Override
	public String toString() {
		return Arrays.stream(this.method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", "'" + shortName() + "(", ")' of bean '" + this.beanName + "'"));
	}

}
