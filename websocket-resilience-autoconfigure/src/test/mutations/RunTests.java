import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes, {@code some.SomeTests}, and methods, {@code some.SomeTests#method}.
 * Exit status: 0 if all tests passed, 1 if one failed, 2 if there was none.
 */
final class RunTests {

	private RunTests() {
	}

	public static void main(String[] names) {
		List<DiscoverySelector> selectors = Arrays.stream(names).flatMap(RunTests::select).toList();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		TestExecutionSummary summary = listener.getSummary();
		summary.printFailuresTo(new PrintWriter(System.out, true), 5);
		if (summary.getTestsStartedCount() == 0) {
			System.exit(2);
		}
		System.exit((summary.getTotalFailureCount() > 0) ? 1 : 0);
	}

	private static Stream<DiscoverySelector> select(String name) {
		String[] parts = name.split("#", 2);
		if (parts.length == 1) {
			return Stream.of(DiscoverySelectors.selectClass(name));
		}
		return Arrays.stream(load(parts[0]).getDeclaredMethods())
			.filter((method) -> method.getName().equals(parts[1]))
			.map((Method method) -> DiscoverySelectors.selectMethod(method.getDeclaringClass(), method));
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalArgumentException("No class " + name, ex);
		}
	}

}
