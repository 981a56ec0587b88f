package io.github.websocketresilience.transport;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Gives Tomcat's client channels of ours. It opens them in a group that it keeps in a
 * private field and makes when the first connection is; ours goes there before that. A
 * client without such a field keeps its own channels.
 */
final class WatchfulChannels {

	private static final Logger logger = LoggerFactory.getLogger(WatchfulChannels.class);

	private static final String FIELD = "asynchronousChannelGroup";

	private final Object container;

	private final Supplier<AsynchronousChannelGroup> groups;

	private final @Nullable Field field;

	private final ThreadLocal<BooleanSupplier> attempt = ThreadLocal.withInitial(() -> () -> true);

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean given;

	/**
	 * Prepare a container that nobody else uses.
	 * @param container the container, which has made no connection yet
	 * @param groups makes the group as the container does, which releases it
	 */
	WatchfulChannels(Object container, Supplier<AsynchronousChannelGroup> groups) {
		this.container = container;
		this.groups = groups;
		this.field = fieldOf(container.getClass());
	}

	private static @Nullable Field fieldOf(Class<?> type) {
		Field field = ReflectionUtils.findField(type, FIELD, AsynchronousChannelGroup.class);
		int fixed = Modifier.STATIC | Modifier.FINAL;
		if (field != null && (field.getModifiers() & fixed) == 0 && field.trySetAccessible()) {
			return field;
		}
		logger.debug("{} keeps its own channels: without TLS, an answer to the upgrade has no bound", type.getName());
		return null;
	}

	/**
	 * The calling thread is about to make the container connect.
	 * @param open tells whether the upgrade was answered
	 */
	void begin(BooleanSupplier open) {
		if (this.field != null && !this.given) {
			give(this.field);
		}
		this.attempt.set(open);
	}

	/**
	 * The container has connected, or failed.
	 */
	void end() {
		this.attempt.remove();
	}

	private void give(Field field) {
		this.lock.lock();
		try {
			if (!this.given) {
				ReflectionUtils.setField(field, this.container,
						new WatchfulChannelGroup(this.groups.get(), this.attempt::get));
				this.given = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
