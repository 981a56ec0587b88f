package io.github.websocketresilience.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method of a bean that takes messages of managed connections, on a listener
 * thread and in the order of arrival.
 * <p>
 * Which messages: those of {@link #connections} that {@link #match} and {@link #pattern}
 * let through; all that are given must. Several annotations on one method are
 * alternatives: a message that more than one of them lets through comes once. A parameter
 * of type {@code Message.Text} or {@code Message.Binary} lets only those through.
 * <p>
 * Parameters, in any order and each of them optional:
 * <ul>
 * <li>at most one payload: {@code String} (the text of a text message, the UTF-8 of a
 * binary one), {@code byte[]} (the bytes of a binary message, the UTF-8 of a text one),
 * or any type that Jackson can read from the message as JSON, {@code JsonNode} and
 * generic types such as {@code List<Trade>} included; methods with an equal type are
 * given the same object;</li>
 * <li>{@link io.github.websocketresilience.Message}, {@link WebSocketMessageEvent} and
 * {@link io.github.websocketresilience.WebSocketConnection}.</li>
 * </ul>
 * A returned value is sent on the same connection: {@code String} as a text,
 * {@code byte[]} as a binary message, {@code Message} as it is, anything else as JSON,
 * {@code null} not at all; a {@code CompletionStage} (or what Spring adapts to one, such
 * as a {@code Mono}) when it completes. One that fails is logged.
 * <p>
 * A method that throws loses its own message only; other methods are still called. A
 * message that cannot be read as the wanted type counts as unreadable. Methods are called
 * in the order of {@link org.springframework.core.annotation.Order @Order} on them; where
 * that is equal or absent the order is not defined.
 * <p>
 * Found on singletons and scoped proxies that are defined when the context has been
 * refreshed. A lazy bean is made by its first message. Prototypes are refused. On a
 * proxied bean the method must be one that can be called through the proxy.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(WebSocketListeners.class)
@Reflective(WebSocketListenerReflectiveProcessor.class)
public @interface WebSocketListener {

	/**
	 * Return the names of the connections.
	 * @return as {@link #connections}
	 */
	@AliasFor("connections")
	String[] value() default {};

	/**
	 * Return the names of the connections or of their groups, {@code dynamic} for those
	 * that are opened at run time, with placeholders ({@code ${...}}) resolved. An
	 * unknown one fails startup.
	 * @return the names, none for every connection
	 */
	@AliasFor("value")
	String[] connections() default {};

	/**
	 * Return what the scalars at JSON pointers (RFC 6901) of a message must be, such as
	 * {@code /type=trade}, with placeholders ({@code ${...}}) resolved. The first
	 * {@code =} ends the pointer. Numbers are compared as they are written. A message
	 * that is no JSON does not match. Needs Jackson.
	 * @return texts {@code pointer=value}, of which all must hold
	 */
	String[] match() default {};

	/**
	 * Return a regular expression for the whole text of a message, with placeholders
	 * ({@code ${...}}) resolved. It is not applied to texts of more than 4096 characters
	 * and to binary messages: they do not match. A message at which it looks more than
	 * ten million times counts as one that the method failed to take.
	 * @return the expression, empty for none
	 */
	String pattern() default "";

}
