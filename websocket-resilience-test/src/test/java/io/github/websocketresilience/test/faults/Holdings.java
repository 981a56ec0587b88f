package io.github.websocketresilience.test.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process holds, in the way of a {@link CrowdClient}.
 *
 * @param threads live threads by name, without their numbers
 * @param descriptors open file descriptors
 * @param heap bytes of the heap in use
 * @param direct bytes of direct buffers
 * @param instances live objects by class
 */
record Holdings(Map<String, Long> threads, int descriptors, long heap, long direct, Map<String, Long> instances) {

	/**
	 * Threads of Tomcat's client end after an idle minute, so it may still have those
	 * that it needed at once: one for each of 40 connections at most.
	 */
	private static final int MORE_THREADS = 40;

	/** A thread of Tomcat's keeps a buffer for its reads and writes. */
	private static final long MORE_DIRECT = MORE_THREADS * 16 * 1024;

	/** Files that the JVM opens when it pleases. */
	private static final int MORE_DESCRIPTORS = 2;

	/** Less than 350 bytes for each of 3,000 reconnects. */
	private static final long MORE_HEAP = 1_000_000;

	private static final String OURS = "io.github.websocketresilience.";

	private static final String TOMCAT = "org.apache.tomcat.websocket.";

	private static final List<String> OF_A_CONNECTION = List.of(OURS + "engine.ManagedConnection",
			OURS + "engine.OpenPhase", OURS + "engine.ConnectionAttempt", OURS + "engine.Segment",
			OURS + "engine.Heartbeat", OURS + "transport.Handshake", OURS + "transport.SpringSocket",
			OURS + "transport.Inbound", OURS + "transport.Writer", OURS + "transport.WatchfulChannel",
			TOMCAT + "WsSession", TOMCAT + "WsFrameClient", "sun.nio.ch.UnixAsynchronousSocketChannelImpl");

	static Holdings of(JsonNode content) {
		return new Holdings(counts(content.get("threads")), content.get("descriptors").asInt(),
				content.get("heap").asLong(), content.get("direct").asLong(), counts(content.get("instances")));
	}

	long instancesOf(String type) {
		return this.instances.getOrDefault(type, 0L);
	}

	/**
	 * Return of which classes there are more objects than before.
	 * @param before what was held before
	 * @param more how many more there may be
	 * @return their numbers, before and now
	 */
	Map<String, String> grown(Holdings before, long more) {
		Map<String, String> result = new TreeMap<>();
		this.instances.forEach((type, count) -> {
			if (count > before.instancesOf(type) + more) {
				result.put(type, before.instancesOf(type) + " -> " + count);
			}
		});
		return result;
	}

	/**
	 * Judge what is held for open connections: one of each of their objects.
	 * @param connections how many there are
	 */
	void assertOneOfEach(int connections) {
		assertThat(OF_A_CONNECTION).allMatch((type) -> instancesOf(type) == connections,
				"%d objects of each class, of which there are %s".formatted(connections, this.instances));
	}

	/**
	 * Judge what is held now.
	 * @param before what was held before
	 * @param moreObjects how many objects of a class may be there besides
	 */
	void assertNoMoreThan(Holdings before, long moreObjects) {
		assertThat(ours()).as("threads of ours").isEqualTo(before.ours());
		assertThat(total(this.threads)).as("threads, %s", this.threads)
			.isLessThanOrEqualTo(total(before.threads) + MORE_THREADS);
		assertThat(this.descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors + MORE_DESCRIPTORS);
		assertThat(this.direct).as("direct memory").isLessThanOrEqualTo(before.direct + MORE_DIRECT);
		assertThat(this.heap).as("heap").isLessThan(before.heap + MORE_HEAP);
		assertThat(grown(before, moreObjects)).as("classes with more objects").isEmpty();
	}

	/**
	 * Return the threads of the starter.
	 */
	Map<String, Long> ours() {
		return this.threads.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith("ws-"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static long total(Map<String, Long> counts) {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

	private static Map<String, Long> counts(JsonNode counts) {
		Map<String, Long> result = new TreeMap<>();
		counts.forEachEntry((name, count) -> result.put(name, count.asLong()));
		return result;
	}

	/**
	 * Return it without the objects.
	 */
	@Override
	public String toString() {
		return "%d descriptors, %d KiB heap, %d KiB direct, %d threads %s".formatted(this.descriptors, this.heap / 1024,
				this.direct / 1024, total(this.threads), this.threads);
	}

}
