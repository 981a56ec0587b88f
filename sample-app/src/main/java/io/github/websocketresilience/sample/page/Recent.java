package io.github.websocketresilience.sample.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last of many things, and those that nobody has been told yet. Both are bounded: the
 * oldest is forgotten.
 *
 * @param <T> the type of things
 */
class Recent<T> {

	private static final int MOST_NEWS = 1000;

	private final int capacity;

	private final Deque<T> news = new ArrayDeque<>();

	private final Deque<T> told = new ArrayDeque<>();

	Recent(int capacity) {
		this.capacity = capacity;
	}

	synchronized void add(T thing) {
		add(this.news, MOST_NEWS, thing);
	}

	/**
	 * Return what is to be told, once.
	 */
	synchronized List<T> news() {
		List<T> news = new ArrayList<>(this.news);
		news.forEach((it) -> add(this.told, this.capacity, it));
		this.news.clear();
		return news;
	}

	/**
	 * Return the last of what has been told.
	 */
	synchronized List<T> told() {
		return new ArrayList<>(this.told);
	}

	private static <T> void add(Deque<T> deque, int capacity, T thing) {
		if (deque.size() == capacity) {
			deque.remove();
		}
		deque.add(thing);
	}

}
