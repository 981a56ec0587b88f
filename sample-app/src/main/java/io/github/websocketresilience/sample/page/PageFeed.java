package io.github.websocketresilience.sample.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells pages what happens, ten times a second if anything does, and what is there at
 * least every second. Only this writes to pages, so what they do costs nobody else.
 */
@Component
class PageFeed {

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(950);

	private final PageHandler handler;

	private final TransitionLog transitions;

	private final MessageLog messages;

	private final Cards cards;

	private final ServerState server;

	private final JsonMapper json;

	private ServerState.Now told = new ServerState.Now(0, List.of());

	private Instant toldAt = Instant.MIN;

	PageFeed(PageHandler handler, TransitionLog transitions, MessageLog messages, Cards cards, ServerState server,
			JsonMapper json) {
		this.handler = handler;
		this.transitions = transitions;
		this.messages = messages;
		this.cards = cards;
		this.server = server;
		this.json = json;
	}

	@Scheduled(fixedDelay = 100)
	void tell() {
		List<String> news = news();
		for (Page page : this.handler.pages()) {
			if (page.isGreeted()) {
				news.forEach(page::send);
			}
			else {
				page.greet(this.json.writeValueAsString(hello()), this.json.writeValueAsString(state(this.told)));
			}
		}
	}

	private List<String> news() {
		List<Object> news = new ArrayList<>(this.transitions.transitions().news());
		news.addAll(this.messages.messages().news());
		news.addAll(this.messages.skipped());
		ServerState.Now server = this.server.now();
		boolean changed = this.transitions.hasChanged() || !server.equals(this.told);
		if (changed || Duration.between(this.toldAt, Instant.now()).compareTo(LONGEST_PAUSE) > 0) {
			this.told = server;
			this.toldAt = Instant.now();
			news.add(state(server));
		}
		return news.stream().map(this.json::writeValueAsString).toList();
	}

	private Hello hello() {
		return new Hello("hello", Instant.now(), this.transitions.transitions().told(),
				this.messages.messages().told());
	}

	private State state(ServerState.Now server) {
		return new State("state", Instant.now(), this.cards.all(), server);
	}

	/**
	 * What a page is told first.
	 *
	 * @param type what this is
	 * @param now the server's time
	 * @param transitions the last of them
	 * @param messages the last of them
	 */
	record Hello(String type, Instant now, List<Transition> transitions, List<MessageLine> messages) {
	}

	/**
	 * What is there.
	 *
	 * @param type what this is
	 * @param now the server's time
	 * @param connections all cards
	 * @param server the server's state
	 */
	record State(String type, Instant now, List<Card> connections, ServerState.Now server) {
	}

}
