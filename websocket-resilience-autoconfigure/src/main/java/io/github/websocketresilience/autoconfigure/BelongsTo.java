package io.github.websocketresilience.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says to whom a property belongs. Every property has this mark, groups have none.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface BelongsTo {

	/**
	 * Return the owner.
	 * @return the owner
	 */
	Owner value();

}
