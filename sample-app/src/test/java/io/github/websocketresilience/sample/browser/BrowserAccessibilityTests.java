package io.github.websocketresilience.sample.browser;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in light and dark, on a phone, by keyboard, and as axe judges it.
 */
@BrowserTest
class BrowserAccessibilityTests {

	private static final int PHONE = 360;

	private static final int MOST_STOPS = 200;

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void axeFindsNoSeriousViolation(String scheme, Browser browser) {
		Tab tab = busy(browser);
		Screenshots.scheme(tab, scheme);
		Screenshots.take(tab, "page-" + scheme);
		assertThat(seriousViolations(tab)).isEmpty();
	}

	@Test
	void phoneHasNoHorizontalScroll(Browser browser) {
		Tab tab = busy(browser);
		browser.narrow(tab, PHONE);
		tab.awaitThat("the layout of a phone",
				() -> assertThat(tab.evaluate("return document.documentElement.clientWidth")).isEqualTo((long) PHONE));
		Screenshots.take(tab, "phone");
		assertThat(tab.evaluate("return document.documentElement.scrollWidth")).isEqualTo((long) PHONE);
		assertThat(seriousViolations(tab)).isEmpty();
	}

	@Test
	void everyControlIsReachedByTab(Browser browser) {
		Tab tab = busy(browser);
		assertThat(unreached(tab)).hasSizeGreaterThan(30);
		for (int stop = 0; stop < MOST_STOPS && !unreached(tab).isEmpty(); stop++) {
			new Actions(tab.driver()).sendKeys(Keys.TAB).perform();
			tab.run("""
					const element = document.activeElement;
					element.dataset.reached = getComputedStyle(element).outlineStyle === 'none' ? 'unseen' : 'seen';
					""");
		}
		assertThat(unreached(tab)).isEmpty();
		assertThat(tab.texts("[data-reached='unseen']:not(body)")).isEmpty();
	}

	@Test
	void faultIsInjectedAndItsCauseReadByKeyboardAlone(Browser browser) {
		Tab tab = browser.open("");
		tab.forgetSightings();
		tab.run("document.querySelector('[data-fault=drop] button').focus()");
		new Actions(tab.driver()).sendKeys(Keys.ENTER).perform();
		tab.awaitSighting("alice", "waits", Sighting::isWaitingWithCountdown);
		tab.awaitAllOpen();
		tab.awaitThat("it is said",
				() -> assertThat(tab.texts("[role='status']")).anyMatch((text) -> text.contains("alice")));
		tab.run("document.querySelector(\".lane[aria-label='alice'] .mark[tabindex='0']\").focus()");
		new Actions(tab.driver()).sendKeys(Keys.END, Keys.ARROW_LEFT, Keys.ARROW_LEFT).perform();
		assertThat(tab.text(".told")).contains("alice: OPEN → WAITING (", "ended without a close frame",
				"next attempt in");
	}

	/**
	 * A page on which there is much to see: marks, a failed and a waiting connection, a
	 * chat.
	 */
	private static Tab busy(Browser browser) {
		Tab tab = browser.open("?id=carol");
		tab.forgetSightings();
		tab.press("refuse", Map.of("status", 503, "seconds", 3));
		tab.press("drop", Map.of());
		tab.awaitSighting("quotes", "waits", Sighting::isWaitingWithCountdown);
		tab.chat("alice", "Are you still there?");
		tab.fill(".send [name='text']", "This one waits for the next socket.");
		tab.click(".send button");
		return tab;
	}

	private static List<?> unreached(Tab tab) {
		return (List<?>) tab.evaluate("""
				return [...document.querySelectorAll('a, button, input, select, [tabindex="0"]')]
				  .filter((element) => !element.disabled && element.tabIndex >= 0 && !element.dataset.reached)
				  .map((element) => element.outerHTML.slice(0, 120));
				""");
	}

	private static List<?> seriousViolations(Tab tab) {
		tab.run(Tab.resource("axe.min.js"));
		Object violations = tab.driver()
			.executeAsyncScript(
					"""
							const done = arguments[0];
							axe.run({ resultTypes: ['violations'] }).then(({ violations }) => done(violations
							  .filter(({ impact }) => ['serious', 'critical'].includes(impact))
							  .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => html + any.map(({ message }) => message))}`)));
							""");
		return (List<?>) Objects.requireNonNull(violations);
	}

}
