package io.github.websocketresilience.test.faults.shutdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.interoperability.LoadClient;

/**
 * An application whose main method returns, and which sends a thousand numbers a second
 * until it is told to end.
 */
public final class BusyClient {

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private BusyClient() {
	}

	/**
	 * Begin.
	 * @param arguments the address, the size of a message, properties
	 */
	public static void main(String[] arguments) {
		String[] properties = List.of(arguments).subList(2, arguments.length).toArray(String[]::new);
		@SuppressWarnings("resource") // The end of the JVM closes it.
		LoadClient client = LoadClient.open(arguments[0], new ConnectionListener() {
		}, properties);
		WebSocketConnection connection = client.connection();
		String pad = ":" + "x".repeat(Integer.parseInt(arguments[1]));
		Thread sender = new Thread(() -> {
			for (int number = 0;; number++) {
				connection.send(number + pad);
				LockSupport.parkNanos(PERIOD_NANOS);
			}
		}, "sender");
		sender.setDaemon(true);
		sender.start();
	}

	/**
	 * Start it in a process of its own.
	 * @param url the address
	 * @param size how many characters a message has besides its number
	 * @param properties what is configured besides
	 * @return the process
	 */
	static Process start(String url, int size, String... properties) {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
						"-cp", path, BusyClient.class.getName(), url, String.valueOf(size)));
		command.addAll(List.of(properties));
		try {
			return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
