package io.github.websocketresilience;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A value of {@link ConnectionSettings} is not usable. Names the property relative to its
 * connection, {@code heartbeat.interval} for one.
 */
public class InvalidSettingException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final @Nullable String value;

	private final String requirement;

	/**
	 * Create an exception.
	 * @param property the key relative to the connection, in kebab case
	 * @param value the value as the user wrote it, or {@code null} if it may be a secret
	 * @param requirement what it must be, completing "must …"
	 */
	public InvalidSettingException(String property, @Nullable Object value, String requirement) {
		super("'" + property + "'" + ((value != null) ? " is '" + value + "' but" : "") + " must " + requirement);
		this.property = property;
		this.value = (value != null) ? value.toString() : null;
		this.requirement = requirement;
	}

	/**
	 * Return the offending key.
	 * @return the key relative to its connection
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Return the offending value.
	 * @return the value, or {@code null} if it may be a secret
	 */
	public @Nullable String value() {
		return this.value;
	}

	/**
	 * Return what the value must be.
	 * @return the words after "must"
	 */
	public String requirement() {
		return this.requirement;
	}

}
