package io.github.websocketresilience.sample.browser;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * A browser with tabs.
 */
final class Browser implements AutoCloseable {

	private final ChromeDriver driver;

	private final String firstWindow;

	private String address = "";

	Browser(ChromeDriver driver) {
		this.driver = driver;
		this.firstWindow = driver.getWindowHandle();
	}

	void visit(String address) {
		this.address = address;
	}

	/**
	 * Open the page in a new tab, and wait until it shows all connections open.
	 * @param query what follows the address
	 * @return the tab
	 */
	Tab open(String query) {
		this.driver.switchTo().newWindow(WindowType.TAB);
		this.driver.get(this.address + query);
		Tab tab = new Tab(this.driver, this.driver.getWindowHandle());
		tab.begin();
		return tab;
	}

	/**
	 * Return what the console of all tabs complained about since it was asked last.
	 * @return the errors
	 */
	List<String> consoleErrors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::toString)
			.toList();
	}

	void closeTabs() {
		for (String window : this.driver.getWindowHandles()) {
			if (!window.equals(this.firstWindow)) {
				this.driver.switchTo().window(window);
				this.driver.close();
			}
		}
		this.driver.switchTo().window(this.firstWindow);
	}

	/**
	 * Have the page shown as on a phone.
	 * @param tab which one
	 * @param width of the phone, in CSS pixels
	 */
	void narrow(Tab tab, int width) {
		tab.select();
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 740, "deviceScaleFactor", 1, "mobile", true));
	}

	/**
	 * Take the network from a tab, or give it back.
	 * @param tab which one
	 * @param offline whether there is none
	 */
	void offline(Tab tab, boolean offline) {
		tab.select();
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
