package io.github.websocketresilience.sample.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import static org.assertj.core.api.Assertions.fail;

/**
 * The Chromium of this machine, without a window.
 */
final class Chromium {

	/**
	 * Looks for classes made for this very version of Chromium; what is used here needs
	 * none.
	 */
	private static final Logger devtools = Logger.getLogger("org.openqa.selenium.devtools");

	/** The same, of the methods of the driver. */
	private static final Logger chromium = Logger.getLogger("org.openqa.selenium.chromium");

	private Chromium() {
	}

	static ChromeDriver start() {
		devtools.setLevel(Level.SEVERE);
		chromium.setLevel(Level.SEVERE);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(new File(require("chromedriver")))
			.usingAnyFreePort()
			.build();
		return new ChromeDriver(service, options(require("chromium", "chromium-browser", "google-chrome")));
	}

	private static ChromeOptions options(String binary) {
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(binary);
		options.setCapability("goog:loggingPrefs", logs);
		// No sandbox: builds in containers run as root. The other tabs of a test are in
		// the
		// background, where a browser would slow their timers down.
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
				"--disable-renderer-backgrounding", "--disable-extensions", "--window-size=1280,900");
		return options;
	}

	private static String require(String... names) {
		Optional<String> found = Stream.of(names).flatMap(Chromium::onPath).findFirst();
		return found.orElseGet(() -> missing(names[0]));
	}

	private static Stream<String> onPath(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.map(Path::toString);
	}

	private static String missing(String name) {
		String message = "No browser: no '" + name + "' on the PATH, so the page was not tested in one."
				+ " On Debian: apt-get install chromium chromium-driver";
		if ("true".equals(System.getenv("CI"))) {
			return fail(message);
		}
		return Assumptions.abort(message);
	}

}
