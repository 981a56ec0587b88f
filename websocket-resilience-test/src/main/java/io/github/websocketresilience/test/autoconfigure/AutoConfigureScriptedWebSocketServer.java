package io.github.websocketresilience.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.websocketresilience.test.ScriptedWebSocketServer;

/**
 * On a test class: adds a {@link ScriptedWebSocketServer} to the application context, and
 * sends the application's connections to it whatever their properties {@code url} and
 * {@code urls} say. It is started before the application connects, closed with the
 * context, and {@linkplain ScriptedWebSocketServer#reset() reset} after each test: the
 * application's next attempt is again the first.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AutoConfigureScriptedWebSocketServer {

	/**
	 * The names of the connections that go to the server.
	 * @return the names, {@code default} for the connection at the top level
	 */
	String[] connections() default "default";

	/**
	 * Whether the server {@linkplain ScriptedWebSocketServer#secure() speaks TLS}. The
	 * connections then trust its certificate and no other, by an SSL bundle that takes
	 * the place of their {@code ssl.bundle}.
	 * @return whether to connect with wss
	 */
	boolean secure() default false;

}
