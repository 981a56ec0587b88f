package io.github.websocketresilience.sample.browser;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each fault button leads to the picture it promises. While it lasts messages are sent
 * both ways a user can: what was accepted arrives, or is shown as failed.
 */
@BrowserTest
class BrowserFaultTests {

	private static final int MESSAGES = 5;

	private static final Predicate<Sighting> OPEN = (seen) -> seen.state().equals("OPEN");

	private static final AtomicInteger ids = new AtomicInteger();

	private final String id = "carol-" + ids.incrementAndGet();

	@Test
	void droppedSocketsComeBack(Browser browser) {
		Tab tab = begin(browser);
		tab.press("drop", Map.of());
		send(tab);
		awaitOutageAndRecovery(tab, "ended without a close frame");
		awaitFates(tab);
	}

	@Test
	void silenceIsFoundByTheHeartbeat(Browser browser) {
		Tab tab = begin(browser);
		tab.press("silence", Map.of("seconds", 12));
		send(tab);
		awaitOutageAndRecovery(tab, "no proof of life for 3s");
		awaitFates(tab);
	}

	@Test
	void closeCodeIsToldAndOvercome(Browser browser) {
		Tab tab = begin(browser);
		tab.press("close", Map.of("code", 4321, "reason", "see you"));
		send(tab);
		awaitOutageAndRecovery(tab, "4321");
		awaitFates(tab);
	}

	@Test
	void closeCodeThatMeansFinishedIsTheEndForTheRecipeThatSaysSo(Browser browser) {
		Tab tab = begin(browser);
		tab.click(tab.card("keyed-push") + " [data-action='start']");
		tab.awaitThat("keyed-push is open", () -> assertThat(tab.state("keyed-push")).isEqualTo("OPEN"));
		tab.press("close", Map.of("code", 1000, "reason", ""));
		tab.awaitSighting("quotes", "comes back", Sighting::isWaitingWithCountdown);
		tab.awaitAllOpen();
		assertThat(tab.state("keyed-push")).isEqualTo("GAVE UP");
	}

	@Test
	void refusedUpgradesAreTriedAgainUntilOneIsAccepted(Browser browser) {
		Tab tab = begin(browser);
		tab.press("refuse", Map.of("status", 503, "seconds", 4));
		tab.press("drop", Map.of());
		send(tab);
		tab.awaitThat("the fault's own countdown",
				() -> assertThat(tab.text("[data-fault='refuse'] .answer")).matches("begun ?(ends in .*|over)"));
		awaitOutageAndRecovery(tab, "503");
		awaitFates(tab);
	}

	@Test
	void delayShowsInTheRoundTripAndTheConnectionStays(Browser browser) {
		Tab tab = begin(browser);
		tab.press("delay", Map.of("millis", 700, "seconds", 9));
		send(tab);
		tab.awaitThat("a round trip as long as the delay",
				() -> assertThat(tab.text(tab.card("alice") + " .round-trip"))
					.matches("(7|8|9)\\d\\d ms|[1-9]\\d{3} ms"));
		assertThat(tab.sightings()).noneMatch((seen) -> seen.state().equals("WAITING"));
		awaitFates(tab);
	}

	@Test
	void floodArrivesWhole(Browser browser) {
		Tab tab = begin(browser);
		long received = tab.number("quotes", "received");
		long missed = tab.number("quotes", "missed");
		tab.press("flood", Map.of("messages", 3000));
		send(tab);
		tab.awaitThat("3,000 more received",
				() -> assertThat(tab.number("quotes", "received")).isGreaterThanOrEqualTo(received + 3000));
		tab.awaitThat("what is not shown is counted",
				() -> assertThat(tab.texts(".line[data-direction='skipped']")).isNotEmpty());
		assertThat(tab.number("quotes", "missed")).isEqualTo(missed);
		assertThat(tab.sightings()).noneMatch((seen) -> seen.state().equals("WAITING"));
		awaitFates(tab);
	}

	@Test
	void whatIsSentWhileTheListenerIsStoppedArrivesAfterwards(Browser browser) {
		Tab tab = begin(browser);
		tab.press("stop", Map.of("seconds", 3));
		tab.awaitSighting("alice", "waits", Sighting::isWaitingWithCountdown);
		sendThroughAlice(tab, "kept while stopped");
		assertThat(tab.text(".sends li")).contains("waits for a socket");
		send(tab);
		awaitOutageAndRecovery(tab, "");
		tab.awaitThat("it was handed over", () -> assertThat(tab.texts(".sends [data-outcome='HANDED_OVER']"))
			.anyMatch((sent) -> sent.contains("kept while stopped")));
		awaitFates(tab);
	}

	@Test
	void valueOutOfRangeIsRefusedAndSaysWhy(Browser browser) {
		Tab tab = begin(browser);
		tab.press("close", Map.of("code", 1005));
		tab.awaitThat("the refusal",
				() -> assertThat(tab.text("[data-fault='close'] .answer")).startsWith("refused: 'code' must be"));
		assertThat(tab.sightings()).noneMatch((seen) -> seen.state().equals("WAITING"));
	}

	/**
	 * Each test has an id of its own: a server that was silent still delivers what it had
	 * not read.
	 */
	private Tab begin(Browser browser) {
		Tab tab = browser.open("?id=" + this.id);
		tab.awaitThat("the chat is open", () -> assertThat(tab.text(".chat .state")).isEqualTo("OPEN"));
		tab.forgetSightings();
		return tab;
	}

	private void send(Tab tab) {
		sendThroughAlice(tab, "sent meanwhile");
		IntStream.range(0, MESSAGES).forEach((number) -> tab.chat(this.id, "note " + number));
	}

	private static void sendThroughAlice(Tab tab, String text) {
		tab.fill(".send [name='text']", text);
		tab.click(".send button");
	}

	private static void awaitOutageAndRecovery(Tab tab, String cause) {
		for (String connection : Tab.CONNECTIONS) {
			tab.awaitSighting(connection, "waits for the next attempt because: " + cause,
					(seen) -> seen.isWaitingWithCountdown() && seen.cause().contains(cause));
			tab.awaitSighting(connection, "is open again", OPEN);
		}
		tab.awaitAllOpen();
	}

	private static void awaitFates(Tab tab) {
		tab.awaitThat("no send without an outcome",
				() -> assertThat(tab.texts(".sends li:not([data-outcome])")).isEmpty());
		tab.awaitThat("no message on its way",
				() -> assertThat(tab.texts("[data-status='waiting'], [data-status='sent']")).isEmpty());
		List<String> delivered = tab.texts("[data-status='delivered'] .text");
		List<String> failed = tab.texts("[data-status='failed'] .text");
		assertThat(delivered.size() + failed.size()).isEqualTo(MESSAGES);
		assertThat(tab.texts("[data-status='failed'] small")).allMatch((text) -> text.contains("failed: "));
		tab.awaitThat("what was delivered is there, once, in order",
				() -> assertThat(tab.texts("[data-status='received'] .text")).containsExactlyElementsOf(delivered));
	}

}
