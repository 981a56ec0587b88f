package io.github.websocketresilience.test.interoperability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process uses.
 *
 * @param threads names of live threads, without their numbers
 * @param descriptors open file descriptors, of which Linux tells
 * @param heap bytes of the heap in use
 * @param direct bytes of direct buffers
 */
public record Footprint(List<String> threads, int descriptors, long heap, long direct) {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	/**
	 * Look, after a collection.
	 * @return what is used now
	 */
	public static Footprint now() {
		System.gc();
		return new Footprint(threadNames(), countDescriptors(),
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), directMemory());
	}

	private static List<String> threadNames() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map((thread) -> thread.getName().replaceAll("-?\\d+$", ""))
			.sorted()
			.toList();
	}

	private static int countDescriptors() {
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return (int) descriptors.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long directMemory() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	/**
	 * Return how many threads there are of each name.
	 * @return the numbers by name, sorted
	 */
	public Map<String, Long> threadsByName() {
		return this.threads.stream()
			.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
	}

	@Override
	public String toString() {
		return "%d descriptors, %d KiB heap, %d KiB direct, %d threads %s".formatted(this.descriptors, this.heap / 1024,
				this.direct / 1024, this.threads.size(), threadsByName());
	}

}
