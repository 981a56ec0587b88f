package io.github.websocketresilience.messaging;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * What a method is given for a message. Decided by the method of the bean's own class: a
 * proxy may know less of generic types.
 */
final class ListenerArguments implements HandlerMethodArgumentResolver {

	private static final Set<Class<?>> NO_PAYLOADS = Set.of(org.springframework.messaging.Message.class,
			WebSocketStateEvent.class);

	private final List<Function<IncomingMessage, Object>> arguments = new ArrayList<>();

	private final ListenerSite site;

	private @Nullable Type payload;

	private @Nullable Type json;

	private Class<?> messageType = Message.class;

	/**
	 * Work out the arguments.
	 * @param site the method
	 * @throws InvalidWebSocketListenerException if no message has what it takes
	 */
	ListenerArguments(ListenerSite site) {
		this.site = site;
		Method method = site.method();
		for (Type declared : method.getGenericParameterTypes()) {
			this.arguments.add(argument(GenericTypeResolver.resolveType(declared, site.type())));
		}
	}

	private Function<IncomingMessage, Object> argument(Type type) {
		if (type == WebSocketConnection.class) {
			return IncomingMessage::connection;
		}
		if (type == WebSocketMessageEvent.class) {
			return IncomingMessage::event;
		}
		if (type instanceof Class<?> wanted && Message.class.isAssignableFrom(wanted)) {
			return message(wanted);
		}
		return payload(type);
	}

	private Function<IncomingMessage, Object> message(Class<?> wanted) {
		if (this.messageType == Message.class) {
			this.messageType = wanted;
		}
		else if (wanted != Message.class && wanted != this.messageType) {
			throw new InvalidWebSocketListenerException(this.site,
					"takes a text message and a binary one, and no message is both",
					"Take a Message, or write a method for each.");
		}
		return IncomingMessage::getPayload;
	}

	private Function<IncomingMessage, Object> payload(Type type) {
		Class<?> wanted = ResolvableType.forType(type).toClass();
		if (NO_PAYLOADS.contains(wanted)) {
			throw new InvalidWebSocketListenerException(this.site,
					"takes a " + type.getTypeName() + ", which does not come with a message",
					"Take a " + Message.class.getName() + " or a " + WebSocketMessageEvent.class.getName() + ".");
		}
		if (this.payload != null) {
			throw new InvalidWebSocketListenerException(this.site,
					"takes two payloads, " + this.payload.getTypeName() + " and " + type.getTypeName(),
					"Take the message as one type. The connection, the event and the Message are no payloads.");
		}
		this.payload = type;
		if (type == String.class) {
			return IncomingMessage::text;
		}
		if (type == byte[].class) {
			return IncomingMessage::bytes;
		}
		this.json = type;
		return (message) -> message.as(type);
	}

	/**
	 * Return what is read from JSON.
	 * @return the type, or {@code null} if the method can do without a JSON library
	 */
	@Nullable Type json() {
		return this.json;
	}

	/**
	 * Return whether the method takes text or binary messages, or both.
	 * @param message a message
	 * @return whether it takes this one
	 */
	boolean accept(Message message) {
		return this.messageType.isInstance(message);
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return true;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, org.springframework.messaging.Message<?> message) {
		return this.arguments.get(parameter.getParameterIndex()).apply((IncomingMessage) message);
	}

}
