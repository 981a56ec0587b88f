package io.github.websocketresilience.test.faults;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;

/**
 * The log of this JVM, in which several applications run at the same time.
 */
public final class SharedLog {

	private SharedLog() {
	}

	/**
	 * Let an application leave the log as it is. Each would set it up anew, under the
	 * others.
	 * @param application the application, not yet run
	 */
	public static void keep(SpringApplication application) {
		application.setListeners(application.getListeners()
			.stream()
			.filter((listener) -> !(listener instanceof LoggingApplicationListener))
			.toList());
	}

}
