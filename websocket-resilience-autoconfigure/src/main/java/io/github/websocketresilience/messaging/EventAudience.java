package io.github.websocketresilience.messaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Whether any listener of a context or its parents would take an event of a type.
 * <p>
 * Spring knows, but tells only by publishing, which costs an event and a lookup for each
 * message also when nobody listens. A context however shows its listeners, among them
 * those of {@code @EventListener} methods and all that were added at any time by
 * {@link AbstractApplicationContext#addApplicationListener}. So the answer is worked out
 * from these, with Spring's own test of the type, and "nobody" is kept until their number
 * changes: a question costs one read of a field per context, without a lock. "Somebody"
 * is final, since publishing is always right and Spring sorts out the rest. What the
 * number does not show (a listener that replaced another) is found after
 * {@link #reconsider()}.
 * <p>
 * What cannot be seen into counts as somebody: a context that is no
 * {@link AbstractApplicationContext}, and a multicaster other than Spring's default,
 * which may pass events on to anybody.
 */
final class EventAudience {

	private static final int UNDECIDED = -1;

	private final List<AbstractApplicationContext> contexts = new ArrayList<>();

	private final ResolvableType event;

	private volatile boolean somebody;

	private volatile int listenersWhenNobody = UNDECIDED;

	EventAudience(ApplicationContext context, Class<? extends ApplicationEvent> event) {
		this.event = ResolvableType.forClass(event);
		for (ApplicationContext next = context; next != null; next = next.getParent()) {
			if (next instanceof AbstractApplicationContext visible) {
				this.contexts.add(visible);
			}
			else {
				this.somebody = true;
			}
		}
	}

	boolean isPresent() {
		if (this.somebody) {
			return true;
		}
		int listeners = countListeners();
		return listeners != this.listenersWhenNobody && decide(listeners);
	}

	/**
	 * Forget that nobody listens.
	 */
	void reconsider() {
		this.listenersWhenNobody = UNDECIDED;
	}

	private int countListeners() {
		int count = 0;
		for (AbstractApplicationContext context : this.contexts) {
			count += context.getApplicationListeners().size();
		}
		return count;
	}

	private boolean decide(int listeners) {
		try {
			if (this.contexts.stream().noneMatch(this::mayListen)) {
				this.listenersWhenNobody = listeners;
				return false;
			}
			this.somebody = true;
			return true;
		}
		catch (ConcurrentModificationException ex) {
			// A listener is being added right now: this message is published, the next
			// one asks again.
			return true;
		}
	}

	private boolean mayListen(AbstractApplicationContext context) {
		return !context.isActive()
				|| !isTransparent(context.getBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
						ApplicationEventMulticaster.class))
				|| anyListens(context.getApplicationListeners()) || anyBeanListens(context);
	}

	private static boolean isTransparent(ApplicationEventMulticaster multicaster) {
		return multicaster.getClass() == SimpleApplicationEventMulticaster.class;
	}

	private boolean anyListens(Collection<ApplicationListener<?>> listeners) {
		for (ApplicationListener<?> listener : listeners) {
			if (new GenericApplicationListenerAdapter(listener).supportsEventType(this.event)) {
				return true;
			}
		}
		return false;
	}

	private boolean anyBeanListens(AbstractApplicationContext context) {
		// Listeners that are lazy, prototypes or made by a factory bean are known to the
		// multicaster by name only.
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		return Arrays.stream(context.getBeanNamesForType(ApplicationListener.class, true, false))
			.filter((name) -> !beans.containsSingleton(name) || beans.isFactoryBean(name))
			.map((name) -> context.getType(name, false))
			.anyMatch(this::mayListen);
	}

	private boolean mayListen(@Nullable Class<?> listenerType) {
		if (listenerType == null || GenericApplicationListener.class.isAssignableFrom(listenerType)
				|| SmartApplicationListener.class.isAssignableFrom(listenerType)) {
			return true;
		}
		ResolvableType declared = ResolvableType.forClass(listenerType).as(ApplicationListener.class).getGeneric();
		return declared == ResolvableType.NONE || declared.isAssignableFrom(this.event);
	}

}
