package io.github.websocketresilience.transport;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Knows which of Tomcat's sessions have read a broken close frame: half a status code, or
 * a reason that is not UTF-8 (RFC 6455 sections 5.5.1 and 8.1). Tomcat then reads no
 * more, closes nothing and tells nobody, so that not even the end of TCP is seen. What it
 * knows is in private fields; without them nothing is broken.
 */
final class BrokenClose {

	private static final Logger logger = LoggerFactory.getLogger(BrokenClose.class);

	private final @Nullable Field frame;

	private final @Nullable Field reading;

	private final @Nullable Field state;

	/**
	 * Find the fields.
	 * @param session the type of the sessions
	 * @param frame the type of what reads their frames
	 */
	BrokenClose(Class<?> session, Class<?> frame) {
		this.frame = find(session, "wsFrame", frame);
		this.reading = find(frame, "open", boolean.class);
		this.state = find(session, "state", AtomicReference.class);
	}

	private static @Nullable Field find(Class<?> owner, String name, Class<?> type) {
		Field field = ReflectionUtils.findField(owner, name, type);
		if (field != null && field.trySetAccessible()) {
			return field;
		}
		logger.debug("{} has no field '{}' to look at: a broken close frame is left to the heartbeat", owner.getName(),
				name);
		return null;
	}

	boolean canBeSeen() {
		return this.frame != null && this.reading != null && this.state != null;
	}

	/**
	 * Return whether a close frame was read and nothing came of it. That is so for a
	 * moment of every close frame.
	 * @param session the session
	 * @return whether no more is read from an open session
	 */
	boolean isIn(Session session) {
		if (this.frame == null || this.reading == null || this.state == null) {
			return false;
		}
		Object frame = ReflectionUtils.getField(this.frame, session);
		return frame != null && Boolean.FALSE.equals(ReflectionUtils.getField(this.reading, frame))
				&& "OPEN".equals(String.valueOf(ReflectionUtils.getField(this.state, session)));
	}

}
