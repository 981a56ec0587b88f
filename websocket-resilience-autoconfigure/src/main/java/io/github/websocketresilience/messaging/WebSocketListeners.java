package io.github.websocketresilience.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Holds several {@link WebSocketListener} annotations of one method.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(WebSocketListenerReflectiveProcessor.class)
public @interface WebSocketListeners {

	/**
	 * Return the annotations.
	 * @return alternatives
	 */
	WebSocketListener[] value();

}
