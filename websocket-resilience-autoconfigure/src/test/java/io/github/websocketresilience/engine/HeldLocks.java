package io.github.websocketresilience.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds locks of the engine that somebody holds. One thread never notices that it has
 * kept a lock: it may take it again.
 */
final class HeldLocks {

	private static final String ENGINE = HeldLocks.class.getPackageName();

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Deque<Object> next = new ArrayDeque<>();

	private final List<String> held = new ArrayList<>();

	private int locks;

	private HeldLocks(Object root) {
		visit(root);
		while (!this.next.isEmpty()) {
			look(this.next.remove());
		}
		if (this.locks == 0) {
			throw new IllegalArgumentException("there is no lock in " + root);
		}
	}

	/**
	 * Return the fields of held locks in all objects of the engine that an object leads
	 * to.
	 */
	static List<String> of(Object root) {
		return new HeldLocks(root).held;
	}

	private void visit(Object value) {
		if (value != null && isOurs(value.getClass()) && this.seen.add(value)) {
			this.next.add(value);
		}
	}

	private static boolean isOurs(Class<?> type) {
		return type.getPackageName().equals(ENGINE);
	}

	private void look(Object owner) {
		for (Class<?> type = owner.getClass(); isOurs(type); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
					look(owner, field);
				}
			}
		}
	}

	private void look(Object owner, Field field) {
		try {
			field.setAccessible(true);
			Object value = field.get(owner);
			if (value instanceof ReentrantLock lock) {
				this.locks++;
				if (lock.isLocked()) {
					this.held.add(owner.getClass().getSimpleName() + "." + field.getName());
				}
			}
			visit(value);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
