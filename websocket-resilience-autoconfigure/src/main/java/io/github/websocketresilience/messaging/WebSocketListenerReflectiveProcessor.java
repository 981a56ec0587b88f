package io.github.websocketresilience.messaging;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Set;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/**
 * Says what a native image must keep of a {@link WebSocketListener} method: the method,
 * and the types that are read from and written as JSON.
 */
final class WebSocketListenerReflectiveProcessor implements ReflectiveProcessor {

	private static final Set<Type> NO_JSON = Set.of(String.class, byte[].class, void.class, Void.class, Message.class,
			Message.Text.class, Message.Binary.class, WebSocketMessageEvent.class, WebSocketConnection.class);

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Method method) {
			hints.registerMethod(method, ExecutableMode.INVOKE);
			for (Type type : method.getGenericParameterTypes()) {
				register(hints, type);
			}
			register(hints, method.getGenericReturnType());
		}
	}

	private void register(ReflectionHints hints, Type type) {
		if (!NO_JSON.contains(type)) {
			this.bindings.registerReflectionHints(hints, type);
		}
	}

}
