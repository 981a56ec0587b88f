package io.github.websocketresilience.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in one tab: what a user sees and does. Every method brings the tab to the
 * front.
 */
final class Tab {

	static final List<String> CONNECTIONS = List.of("quotes", "alice", "bob");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ChromeDriver driver;

	private final String window;

	Tab(ChromeDriver driver, String window) {
		this.driver = driver;
		this.window = window;
	}

	void select() {
		if (!this.driver.getWindowHandle().equals(this.window)) {
			this.driver.switchTo().window(this.window);
		}
	}

	void begin() {
		awaitAllOpen();
		run(resource("browser/witness.js"));
	}

	void awaitAllOpen() {
		await("all connections open").atMost(PATIENCE)
			.until(() -> CONNECTIONS.stream().allMatch((name) -> state(name).equals("OPEN")));
	}

	String state(String connection) {
		return text(card(connection) + " .state");
	}

	String card(String connection) {
		return ":is([data-connection='" + connection + "'], [data-recipe='" + connection + "'])";
	}

	/**
	 * Return what a number of a card is.
	 * @param connection whose card
	 * @param number its name
	 * @return the number without what is said beside it
	 */
	long number(String connection, String number) {
		String text = text(card(connection) + " [data-number='" + number + "']");
		return Long.parseLong(text.split("\\s")[0]);
	}

	void press(String fault, Map<String, Object> values) {
		String form = "[data-fault='" + fault + "']";
		values.forEach((name, value) -> fill(form + " [name='" + name + "']", value.toString()));
		click(form + " button");
	}

	void click(String css) {
		select();
		this.driver.findElement(By.cssSelector(css)).click();
	}

	/**
	 * Type as a user does, over what is there: to clear a field is no input to the page.
	 * @param css which field
	 * @param text what to type
	 */
	void fill(String css, String text) {
		select();
		WebElement field = this.driver.findElement(By.cssSelector(css));
		field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.DELETE : text);
	}

	void chat(String toId, String text) {
		fill(".chat [name='to']", toId);
		fill(".chat [name='message']", text);
		click(".chat form:last-of-type button");
	}

	String text(String css) {
		List<String> texts = texts(css);
		return texts.isEmpty() ? "" : texts.get(0);
	}

	/**
	 * Return the texts of elements, read in one moment.
	 * @param css which ones
	 * @return their texts, white space made one
	 */
	List<String> texts(String css) {
		List<?> texts = (List<?>) evaluate("return [...document.querySelectorAll(arguments[0])]"
				+ ".map((element) => element.textContent.replace(/\\s+/g, ' ').trim())", css);
		return texts.stream().map(String.class::cast).toList();
	}

	void forgetSightings() {
		run("window.seen.length = 0");
	}

	List<Sighting> sightings() {
		List<?> seen = (List<?>) evaluate("return window.seen");
		return seen.stream().map(Sighting::of).toList();
	}

	Sighting awaitSighting(String connection, String what, Predicate<Sighting> wanted) {
		Predicate<Sighting> predicate = (seen) -> seen.connection().equals(connection) && wanted.test(seen);
		awaitThat(connection + " " + what, () -> assertThat(sightings()).anyMatch(predicate));
		return sightings().stream().filter(predicate).findFirst().orElseThrow();
	}

	void awaitThat(String what, Runnable assertion) {
		await(what).atMost(PATIENCE).untilAsserted(assertion::run);
	}

	void run(String script, Object... arguments) {
		select();
		this.driver.executeScript(script, arguments);
	}

	Object evaluate(String script, Object... arguments) {
		select();
		return Objects.requireNonNull(this.driver.executeScript(script, arguments));
	}

	ChromeDriver driver() {
		select();
		return this.driver;
	}

	static String resource(String name) {
		try {
			return new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
