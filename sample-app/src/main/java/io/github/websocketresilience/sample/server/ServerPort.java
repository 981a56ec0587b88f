package io.github.websocketresilience.sample.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;

import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * The port of the server to break, apart from the page's, so that it can be closed for a
 * while. What begins to stop before the web server does opens it no more.
 */
@Component
class ServerPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ServerPort.class);

	private static final Duration RETRY = Duration.ofSeconds(1);

	private final Connector connector = new Connector();

	private final TaskScheduler scheduler;

	private @Nullable ScheduledFuture<?> opening;

	private boolean running;

	ServerPort(TaskScheduler taskScheduler, DemoProperties properties) {
		this.scheduler = taskScheduler;
		this.connector.setPort(properties.port());
		// Else the kernel would go on accepting connections
		this.connector.setProperty("bindOnInit", "false");
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addAdditionalConnectors(this.connector);
	}

	/**
	 * Close the port, with every socket that came by it, or let it be closed for longer.
	 * @param until when to open it again
	 */
	synchronized void close(Instant until) {
		if (this.running) {
			change(this.connector::stop);
			openAt(until);
		}
	}

	private synchronized void open() {
		if (this.running && !change(this.connector::start)) {
			openAt(Instant.now().plus(RETRY));
		}
	}

	private void openAt(Instant instant) {
		if (this.opening != null) {
			this.opening.cancel(false);
		}
		this.opening = this.scheduler.schedule(this::open, instant);
	}

	private boolean change(Change change) {
		try {
			change.make();
			return true;
		}
		catch (LifecycleException ex) {
			logger.warn("The server's port could not be opened or closed", ex);
			return false;
		}
	}

	@Override
	public synchronized void start() {
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		if (this.opening != null) {
			this.opening.cancel(false);
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/**
	 * A change of Tomcat's lifecycle. One that has been made already does nothing.
	 */
	@FunctionalInterface
	private interface Change {

		void make() throws LifecycleException;

	}

}
