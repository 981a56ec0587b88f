package io.github.websocketresilience.sample.browser;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tabs that chat by id, over sockets that the server drops.
 */
@BrowserTest
class BrowserChatTests {

	private static final int ROUNDS = 4;

	@Test
	void twoTabsChatWhileTheServerDropsTheirSockets(Browser browser) {
		Tab carol = open(browser, "carol");
		Tab dave = open(browser, "dave");
		carol.chat("nobody-there", "hello?");
		for (int round = 0; round < ROUNDS; round++) {
			carol.press("drop", Map.of());
			carol.chat("dave", "question " + round);
			dave.chat("carol", "answer " + round);
			carol.chat("dave", "thanks " + round);
		}
		List<String> toDave = IntStream.range(0, ROUNDS)
			.boxed()
			.flatMap((round) -> List.of("question " + round, "thanks " + round).stream())
			.toList();
		List<String> toCarol = IntStream.range(0, ROUNDS).mapToObj((round) -> "answer " + round).toList();
		awaitDelivered(carol, toDave);
		awaitDelivered(dave, toCarol);
		assertThat(dave.texts("[data-status='received'] .text")).isEqualTo(toDave);
		assertThat(carol.texts("[data-status='received'] .text")).isEqualTo(toCarol);
		carol.awaitThat("what could not be delivered has failed",
				() -> assertThat(carol.text("[data-status='failed'] small"))
					.contains("failed: nobody is connected as nobody-there for 20 s"));
	}

	@Test
	void tabAndManagedConnectionChatById(Browser browser) {
		Tab carol = open(browser, "carol");
		carol.chat("alice", "hello alice");
		carol.awaitThat("delivered",
				() -> assertThat(carol.text("[data-status='delivered'] .text")).isEqualTo("hello alice"));
		carol.awaitThat("alice has it", () -> assertThat(carol.texts(".line"))
			.anyMatch((line) -> line.contains("alice") && line.contains("hello alice")));
		carol.fill(".send [name='to']", "carol");
		carol.fill(".send [name='text']", "hello carol");
		carol.click(".send button");
		carol.awaitThat("carol has it",
				() -> assertThat(carol.text("[data-status='received'] .text")).isEqualTo("hello carol"));
	}

	@Test
	void chatThatWasClosedStaysClosed(Browser browser) {
		Tab carol = open(browser, "carol");
		carol.click(".chat [data-action='toggle']");
		carol.awaitThat("closed", () -> assertThat(carol.text(".chat .state")).isEqualTo("CLOSED"));
		carol.forgetSightings();
		carol.press("drop", Map.of());
		carol.awaitSighting("quotes", "waits", Sighting::isWaitingWithCountdown);
		carol.awaitAllOpen();
		assertThat(carol.text(".chat .state")).isEqualTo("CLOSED");
		carol.click(".chat [data-action='toggle']");
		carol.awaitThat("open", () -> assertThat(carol.text(".chat .state")).isEqualTo("OPEN"));
	}

	@Test
	void browserWithoutNetworkAttemptsNothingUntilItHasOneAgain(Browser browser) {
		Tab carol = open(browser, "carol");
		browser.offline(carol, true);
		carol.awaitThat("paused", () -> assertThat(carol.text(".chat .state")).isEqualTo("PAUSED"));
		carol.chat("carol", "written offline");
		assertThat(carol.text("[data-status='waiting'] small")).contains("waiting: not connected");
		browser.offline(carol, false);
		carol.awaitThat("open", () -> assertThat(carol.text(".chat .state")).isEqualTo("OPEN"));
		carol.awaitThat("what was written arrives",
				() -> assertThat(carol.text("[data-status='received'] .text")).isEqualTo("written offline"));
	}

	private static Tab open(Browser browser, String id) {
		Tab tab = browser.open("?id=" + id);
		tab.awaitThat("the chat is open", () -> assertThat(tab.text(".chat .state")).isEqualTo("OPEN"));
		return tab;
	}

	private static void awaitDelivered(Tab tab, List<String> texts) {
		tab.awaitThat("delivered", () -> assertThat(tab.texts("[data-status='delivered'] .text")).isEqualTo(texts));
	}

}
