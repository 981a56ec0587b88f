package io.github.websocketresilience.test.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's and a server's machine with a router in between, which loses packets on
 * request: three network namespaces of the kernel, joined by two pairs of virtual
 * interfaces. They reach nothing else, and nothing else reaches them.
 */
final class Network implements AutoCloseable {

	private static final Pattern OURS = Pattern.compile("wsr-(\\d+)-\\d+-\\w+");

	private static final String BLACK_HOLE = "100";

	private static final String DETOUR = "200";

	private static final AtomicInteger count = new AtomicInteger();

	private final String prefix = "wsr-%d-%d-".formatted(ProcessHandle.current().pid(), count.incrementAndGet());

	private final List<String> made = new ArrayList<>();

	private final List<List<String>> rules = new ArrayList<>();

	private int clientNumber = 2;

	private int serverNumber = 2;

	private Network() {
	}

	/**
	 * Make it, or give up the test where that is not possible. In CI it must be.
	 * @return the network, without faults
	 */
	static synchronized Network create() {
		Network network = new Network();
		try {
			removeLeftovers();
			network.build();
			return network;
		}
		catch (IllegalStateException ex) {
			network.close();
			throw Requirement.missing("no fault of a network was tried; that needs Linux, root and 'ip'", ex);
		}
	}

	/**
	 * Return what starts a program on the client's machine.
	 * @return the words before the program's
	 */
	List<String> onClient() {
		return List.of("ip", "netns", "exec", name("client"));
	}

	List<String> onServer() {
		return List.of("ip", "netns", "exec", name("server"));
	}

	List<String> onRouter() {
		return List.of("ip", "netns", "exec", name("router"));
	}

	String serverAddress() {
		return "10.200.2." + this.serverNumber;
	}

	/**
	 * Lose silently all that comes from the client.
	 */
	void losePacketsOfClient() {
		lose("iif", "client");
	}

	void losePacketsOfServer() {
		lose("iif", "server");
	}

	/**
	 * Lose silently what belongs to the TCP connection from one port, as a NAT does that
	 * has forgotten it.
	 * @param port the client's port
	 */
	void forgetFlow(int port) {
		lose("iif", "client", "ipproto", "tcp", "sport", Integer.toString(port));
		lose("iif", "server", "ipproto", "tcp", "dport", Integer.toString(port));
	}

	/**
	 * Send all packets into a device of the router. What comes out of it again goes on.
	 * @param device a device that is there
	 */
	void detour(String device) {
		inNamespace("router", "link set %s up".formatted(device));
		inNamespace("router", "route add default dev %s table %s".formatted(device, DETOUR));
		inNamespace("router", "rule add iif client lookup " + DETOUR);
		inNamespace("router", "rule add iif server lookup " + DETOUR);
	}

	/**
	 * Lose nothing any more.
	 */
	void heal() {
		this.rules.forEach((rule) -> inNamespace("router", words(List.of("rule", "del"), rule)));
		this.rules.clear();
	}

	/**
	 * Give the client another address in place of the one it has.
	 */
	void renumberClient() {
		int before = this.clientNumber++;
		inNamespace("client", "address add 10.200.1.%d/24 dev eth0".formatted(this.clientNumber));
		inNamespace("client", "address del 10.200.1.%d/24 dev eth0".formatted(before));
		// The kernel drops its other addresses of the network together with the first.
		inNamespace("client", "address replace 10.200.1.%d/24 dev eth0".formatted(this.clientNumber));
		inNamespace("client", "route replace default via 10.200.1.1");
	}

	/**
	 * Give the server another address in place of the one it has.
	 */
	void renumberServer() {
		int before = this.serverNumber++;
		inNamespace("server", "address add 10.200.2.%d/24 dev eth0".formatted(this.serverNumber));
		inNamespace("server", "address del 10.200.2.%d/24 dev eth0".formatted(before));
		inNamespace("server", "address replace 10.200.2.%d/24 dev eth0".formatted(this.serverNumber));
		inNamespace("server", "route replace default via 10.200.2.1");
	}

	@Override
	public void close() {
		this.made.forEach((name) -> run(List.of("ip", "netns", "del", name)));
		this.made.clear();
	}

	private void build() {
		for (String name : List.of("client", "server", "router")) {
			run(List.of("ip", "netns", "add", name(name)));
			this.made.add(name(name));
			inNamespace(name, "link set lo up");
		}
		connect("client", "10.200.1");
		connect("server", "10.200.2");
		inNamespace("router", "route add blackhole default table " + BLACK_HOLE);
		run(List.of("ip", "netns", "exec", name("router"), "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"));
	}

	private void connect(String machine, String network) {
		inNamespace("router", "link add %s type veth peer name eth0 netns %s".formatted(machine, name(machine)));
		inNamespace("router", "address add %s.1/24 dev %s".formatted(network, machine));
		inNamespace("router", "link set %s up".formatted(machine));
		inNamespace(machine, "address add %s.2/24 dev eth0".formatted(network));
		inNamespace(machine, "link set eth0 up");
		inNamespace(machine, "route add default via %s.1".formatted(network));
	}

	private void lose(String... packets) {
		List<String> rule = words(List.of(packets), List.of("lookup", BLACK_HOLE));
		inNamespace("router", words(List.of("rule", "add"), rule));
		this.rules.add(rule);
	}

	private void inNamespace(String name, String command) {
		inNamespace(name, List.of(command.split(" ")));
	}

	private void inNamespace(String name, List<String> command) {
		run(words(List.of("ip", "-n", name(name)), command));
	}

	private String name(String machine) {
		return this.prefix + machine;
	}

	/** Those of a process that could not remove its own. */
	private static void removeLeftovers() {
		for (String namespace : namespaces()) {
			Matcher name = OURS.matcher(namespace);
			if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
				run(List.of("ip", "netns", "del", name.group()));
			}
		}
	}

	/**
	 * Return the namespaces of this machine.
	 * @return their names
	 */
	static List<String> namespaces() {
		return run(List.of("ip", "netns", "list")).lines().map((line) -> line.split(" ", 2)[0]).toList();
	}

	private static List<String> words(List<String> first, List<String> second) {
		List<String> words = new ArrayList<>(first);
		words.addAll(second);
		return words;
	}

	/**
	 * Run a command that must succeed.
	 * @param command its words
	 * @return what it printed
	 * @throws IllegalStateException if it is not there or fails
	 */
	static String run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException("'%s': %s".formatted(String.join(" ", command), output.strip()));
			}
			return output;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
