package io.github.websocketresilience.sample.browser;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page itself: that it loads, tells at once what happens, and can be used by
 * everybody.
 */
@BrowserTest
class BrowserTests {

	private static final int CHANGES = 10;

	@Test
	void pageLoadsWithoutComplaintsInTheConsole(Browser browser) {
		browser.consoleErrors();
		Tab tab = browser.open("?id=carol");
		tab.awaitThat("the page is live", () -> assertThat(tab.text(".feed")).isEqualTo("live"));
		tab.awaitThat("the chat is open", () -> assertThat(tab.text(".chat .state")).isEqualTo("OPEN"));
		assertThat(tab.texts("h2")).contains("Break the server", "Connections", "Messages", "Chat between tabs");
		assertThat(tab.text(".hint")).contains("Press “Drop sockets” and watch");
		assertThat(browser.consoleErrors()).isEmpty();
	}

	@Test
	void actuatorIsLinked(Browser browser) {
		Tab tab = browser.open("");
		List<?> statuses = (List<?>) tab.driver().executeAsyncScript("""
				const done = arguments[0];
				const links = [...document.querySelectorAll('nav a')];
				Promise.all(links.map(async ({ href, textContent }) => `${textContent} ${(await fetch(href)).status}`))
				  .then(done);
				""");
		assertThat(statuses).map(Object::toString).containsExactly("health 200", "prometheus 200", "websockets 200");
	}

	@Test
	void whatHappensOnTheServerIsShownAtOnce(Browser browser) {
		Tab tab = browser.open("");
		tab.forgetSightings();
		for (int i = 0; i < CHANGES; i++) {
			tab.click(tab.card("quotes") + " [data-action='close']");
			tab.awaitThat("quotes closed", () -> assertThat(tab.state("quotes")).isEqualTo("CLOSED"));
			tab.click(tab.card("quotes") + " [data-action='start']");
			tab.awaitThat("quotes open", () -> assertThat(tab.state("quotes")).isEqualTo("OPEN"));
		}
		long[] lateness = tab.sightings()
			.stream()
			.filter((seen) -> seen.connection().equals("quotes"))
			.filter((seen) -> seen.state().equals("CLOSED") || seen.state().equals("OPEN"))
			.mapToLong(Sighting::lateness)
			.sorted()
			.toArray();
		System.out.printf("== shown on the page after %d ms at the median, %d ms at most, of %d changes%n",
				lateness[lateness.length / 2], lateness[lateness.length - 1], lateness.length);
		assertThat(lateness).hasSizeGreaterThanOrEqualTo(CHANGES);
		assertThat(lateness[lateness.length / 2]).isBetween(0L, 1_000L);
	}

	@Test
	void intentionalCloseStaysClosed(Browser browser) {
		Tab tab = browser.open("");
		tab.click(tab.card("alice") + " [data-action='close']");
		tab.awaitThat("alice closed", () -> assertThat(tab.state("alice")).isEqualTo("CLOSED"));
		tab.forgetSightings();
		tab.press("drop", Map.of());
		tab.awaitSighting("quotes", "waits", Sighting::isWaitingWithCountdown);
		tab.awaitSighting("quotes", "is back", (seen) -> seen.state().equals("OPEN"));
		tab.awaitSighting("bob", "is back", (seen) -> seen.state().equals("OPEN"));
		assertThat(tab.sightings()).noneMatch((seen) -> seen.connection().equals("alice"));
		assertThat(tab.state("alice")).isEqualTo("CLOSED");
		tab.click(tab.card("alice") + " [data-action='start']");
		tab.awaitAllOpen();
	}

	@Test
	void reconnectReplacesTheSocketOfAnOpenConnection(Browser browser) {
		Tab tab = browser.open("");
		tab.forgetSightings();
		tab.click(tab.card("bob") + " [data-action='reconnect']");
		tab.awaitThat("bob was replaced",
				() -> assertThat(tab.texts(".lane[aria-label='bob'] .mark[data-state='CONNECTING']")).isNotEmpty());
		tab.awaitAllOpen();
	}

	@Test
	void fateOfWhatIsSentIsShown(Browser browser) {
		Tab tab = browser.open("");
		tab.fill(".send [name='to']", "bob");
		tab.fill(".send [name='text']", "hello from the page");
		tab.click(".send button");
		tab.awaitThat("its outcome", () -> assertThat(tab.text(".sends [data-outcome='HANDED_OVER']"))
			.contains("alice to bob: “hello from the page” HANDED_OVER"));
		tab.fill(".log [name='filter']", "hello page");
		tab.awaitThat("bob received it", () -> assertThat(tab.texts(".line[data-direction='in']"))
			.anyMatch((line) -> line.contains("bob") && line.contains("hello from the page")));
		tab.fill(".log [name='filter']", "no such word");
		tab.awaitThat("nothing is found", () -> assertThat(tab.texts(".line")).isEmpty());
	}

	@Test
	void recipesAreShownAndRun(Browser browser) {
		Tab tab = browser.open("");
		List<String> recipes = List.of("chat-by-id", "plain-echo", "outlive", "keyed-push", "message-codes");
		for (String recipe : recipes) {
			assertThat(tab.text(tab.card(recipe) + " pre")).contains(recipe + ":", "heartbeat:");
			tab.click(tab.card(recipe) + " [data-action='start']");
		}
		for (String recipe : recipes) {
			tab.awaitThat(recipe + " is open", () -> assertThat(tab.state(recipe)).isEqualTo("OPEN"));
		}
		tab.press("drop", Map.of());
		for (String recipe : recipes) {
			tab.awaitSighting(recipe, "waits", Sighting::isWaitingWithCountdown);
		}
		for (String recipe : recipes) {
			tab.awaitThat(recipe + " is back", () -> assertThat(tab.state(recipe)).isEqualTo("OPEN"));
			tab.click(tab.card(recipe) + " [data-action='close']");
			tab.awaitThat(recipe + " is closed", () -> assertThat(tab.state(recipe)).isEqualTo("CLOSED"));
		}
	}

}
