package io.github.websocketresilience.sample.page;

import java.util.List;
import java.util.Map;

import io.github.websocketresilience.sample.server.DemoProperties;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page what does not change.
 */
@RestController
@RequestMapping("/api")
class InfoController {

	private final List<Recipe> recipes = Recipe.all();

	private final DemoProperties properties;

	InfoController(DemoProperties properties) {
		this.properties = properties;
	}

	@GetMapping("/recipes")
	List<Recipe> recipes() {
		return this.recipes;
	}

	@GetMapping("/info")
	Map<String, Integer> info() {
		return Map.of("demoPort", this.properties.port());
	}

}
