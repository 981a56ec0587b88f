package io.github.websocketresilience.test.interoperability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What this process uses.
 *
 * @param threads names of live threads, without their numbers
 * @param sockets open sockets, of which Linux tells
 * @param heap bytes of the heap in use
 */
record Footprint(List<String> threads, int sockets, long heap) {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	static Footprint now() {
		System.gc();
		return new Footprint(threadNames(), countSockets(),
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
	}

	private static List<String> threadNames() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map((thread) -> thread.getName().replaceAll("-?\\d+$", ""))
			.sorted()
			.toList();
	}

	private static int countSockets() {
		int count = 0;
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
			for (Path descriptor : descriptors) {
				count += isSocket(descriptor) ? 1 : 0;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return count;
	}

	private static boolean isSocket(Path descriptor) throws IOException {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (NoSuchFileException ex) {
			// Closed since it was listed, as is the descriptor of the listing itself.
			return false;
		}
	}

	@Override
	public String toString() {
		Map<String, Long> counts = this.threads.stream()
			.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
		return "%d sockets, %d KiB heap, %d threads %s".formatted(this.sockets, this.heap / 1024, this.threads.size(),
				counts);
	}

}
