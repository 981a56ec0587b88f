package io.github.websocketresilience.test.faults.shutdown;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.websocketresilience.WebSocketConnection;

/**
 * How the end comes.
 */
enum Ending {

	/** By {@code close()} of all connections. */
	CONNECTION("close()",
			(scene) -> CompletableFuture
				.allOf(scene.connections().stream().map(WebSocketConnection::close).toArray(CompletableFuture[]::new))
				.orTimeout(Scene.PATIENCE.toSeconds(), TimeUnit.SECONDS)
				.join()),

	/** The application context is closed for good. */
	CONTEXT("context closed", (scene) -> scene.context().close()),

	/** The application context is paused, as a cache of contexts does between tests. */
	PAUSE("context paused", (scene) -> scene.context().pause());

	private final String description;

	private final Consumer<Scene> action;

	Ending(String description, Consumer<Scene> action) {
		this.description = description;
		this.action = action;
	}

	void bring(Scene scene) {
		this.action.accept(scene);
	}

	@Override
	public String toString() {
		return this.description;
	}

}
