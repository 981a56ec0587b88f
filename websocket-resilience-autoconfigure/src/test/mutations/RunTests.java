import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes. Exit status: 0 if all tests passed, 1 if one failed, 2 if there was
 * none.
 */
final class RunTests {

	private RunTests() {
	}

	public static void main(String[] classes) {
		List<? extends DiscoverySelector> selectors = Arrays.stream(classes)
			.map(DiscoverySelectors::selectClass)
			.toList();
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

}
