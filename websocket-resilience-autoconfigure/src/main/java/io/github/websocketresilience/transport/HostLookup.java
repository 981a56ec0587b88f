package io.github.websocketresilience.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Looks host names up, each by one thread at a time: a thousand connections to a host
 * whose DNS server is silent hold one thread, not all. What is found stays in the JVM's
 * address cache, where the container finds it.
 */
final class HostLookup {

	private final Resolver resolver;

	private final ConcurrentMap<String, CompletableFuture<Optional<Throwable>>> underWay = new ConcurrentHashMap<>();

	HostLookup(Resolver resolver) {
		this.resolver = resolver;
	}

	static HostLookup ofSystem() {
		return new HostLookup(InetAddress::getByName);
	}

	/**
	 * Ask for a name.
	 * @param host the name
	 * @return the lookup under way, or one that the caller is to run
	 */
	Lookup join(String host) {
		CompletableFuture<Optional<Throwable>> own = new CompletableFuture<>();
		CompletableFuture<Optional<Throwable>> other = this.underWay.putIfAbsent(host, own);
		return (other != null) ? new Lookup(host, other, false) : new Lookup(host, own, true);
	}

	/**
	 * Looks a name up, for as long as it takes.
	 */
	@FunctionalInterface
	interface Resolver {

		Object resolve(String host) throws UnknownHostException;

	}

	/**
	 * One lookup, of one or more who wait for it.
	 */
	final class Lookup {

		private final String host;

		private final CompletableFuture<Optional<Throwable>> failure;

		private final boolean mine;

		private Lookup(String host, CompletableFuture<Optional<Throwable>> failure, boolean mine) {
			this.host = host;
			this.failure = failure;
			this.mine = mine;
		}

		/**
		 * Return whether no other thread does it.
		 * @return whether the caller must {@link #run} it
		 */
		boolean isMine() {
			return this.mine;
		}

		/**
		 * Look the name up on the calling thread and tell all who wait.
		 * @return why it failed, or empty
		 */
		Optional<Throwable> run() {
			Optional<Throwable> failure = resolve();
			HostLookup.this.underWay.remove(this.host);
			this.failure.complete(failure);
			return failure;
		}

		/**
		 * Return what comes of it, completed by the thread that does it.
		 * @return why it failed, or empty; what depends on it must not block
		 */
		CompletionStage<Optional<Throwable>> result() {
			return this.failure;
		}

		private Optional<Throwable> resolve() {
			try {
				HostLookup.this.resolver.resolve(this.host);
				return Optional.empty();
			}
			catch (Throwable ex) {
				return Optional.of(ex);
			}
		}

	}

}
