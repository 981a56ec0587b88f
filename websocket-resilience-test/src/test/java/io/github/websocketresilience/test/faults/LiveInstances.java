package io.github.websocketresilience.test.faults;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many objects are alive of the classes that a connection is made of, as the JVM's
 * class histogram says after a collection: ours, Tomcat's, sockets, timers, buffers.
 */
final class LiveInstances {

	private static final Pattern LINE = Pattern.compile(" *\\d+: +(\\d+) +\\d+ +(\\S+).*");

	private static final Pattern WANTED = Pattern
		.compile("(\\[L)?(io\\.github\\.websocketresilience\\.(?!test\\.)|org\\.apache\\.tomcat\\.websocket\\.).*"
				+ "|java\\.util\\.concurrent\\.ScheduledThreadPoolExecutor\\$ScheduledFutureTask"
				+ "|sun\\.nio\\.ch\\..*Channel.*|java\\.nio\\.DirectByteBuffer|java\\.util\\.concurrent\\.CompletableFuture");

	private LiveInstances() {
	}

	static Map<String, Long> count() {
		Map<String, Long> counts = new TreeMap<>();
		histogram().lines().map(LINE::matcher).filter(Matcher::matches).forEach((line) -> {
			// The number of a lambda's class is another in each JVM.
			String type = line.group(2).replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda");
			if (WANTED.matcher(type).matches()) {
				counts.merge(type, Long.valueOf(line.group(1)), Long::sum);
			}
		});
		return counts;
	}

	private static String histogram() {
		try {
			return (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
		}
		catch (JMException ex) {
			throw new IllegalStateException("No class histogram", ex);
		}
	}

}
