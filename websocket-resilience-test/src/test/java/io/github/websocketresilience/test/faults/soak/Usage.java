package io.github.websocketresilience.test.faults.soak;

import java.io.File;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

/**
 * What a process uses.
 *
 * @param threads live threads
 * @param ours threads of ours among them
 * @param descriptors open file descriptors, 0 where the system does not tell
 * @param heap KiB of the heap in use after a collection
 * @param direct KiB of memory outside of the heap, held by buffers
 */
record Usage(int threads, int ours, int descriptors, long heap, long direct) {

	/** Three groups of 64, a quarter of one to give sockets up, a timer, a keeper. */
	private static final int OUR_THREADS = 3 * 64 + 16 + 2;

	private static final File DESCRIPTORS = new File("/proc/self/fd");

	static Usage now() {
		System.gc();
		long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
		int ours = (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("ws-"))
			.count();
		return new Usage(ManagementFactory.getThreadMXBean().getThreadCount(), ours,
				Optional.ofNullable(DESCRIPTORS.list()).map((names) -> names.length).orElse(0),
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024, direct / 1024);
	}

	static Usage of(JsonNode map) {
		return new Usage(map.get("threads").asInt(), map.get("ours").asInt(), map.get("descriptors").asInt(),
				map.get("heap").asLong(), map.get("direct").asLong());
	}

	/**
	 * Return what has grown. Our threads may be as many as they were at the busiest
	 * moment, for those that have something to do now and then stay.
	 * @param before after the warm-up
	 * @param pace how long both have rested before
	 * @return what has grown
	 */
	List<String> growthSince(Usage before, Pace pace) {
		List<String> grown = new ArrayList<>();
		grew(grown, "threads of ours", OUR_THREADS, this.ours, 0);
		grew(grown, "threads of others", before.threads - before.ours, this.threads - this.ours, 8);
		grew(grown, "descriptors", before.descriptors, this.descriptors, pace.descriptorSlack());
		grew(grown, "KiB of heap", before.heap, this.heap, 8 * 1024);
		grew(grown, "KiB of direct memory", before.direct, this.direct, 1024);
		return grown;
	}

	/**
	 * Return what is in use though every connection is closed.
	 * @param open what was in use when all were open
	 * @param connections how many they are
	 * @return what was left
	 */
	List<String> leftSince(Usage open, int connections) {
		List<String> left = new ArrayList<>();
		grew(left, "threads of ours, all closed", 1, this.ours, 0);
		grew(left, "descriptors, all closed", open.descriptors - connections, this.descriptors, 4);
		return left;
	}

	private static void grew(List<String> grown, String what, long before, long after, long slack) {
		if (after > before + slack) {
			grown.add("%s: %d, were %d".formatted(what, after, before));
		}
	}

	Map<String, Object> asMap() {
		return Map.of("threads", this.threads, "ours", this.ours, "descriptors", this.descriptors, "heap", this.heap,
				"direct", this.direct);
	}

}
