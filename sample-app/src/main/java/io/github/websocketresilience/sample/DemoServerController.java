package io.github.websocketresilience.sample;

import java.time.Duration;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes the server misbehave on request.
 */
@RestController
@RequestMapping("/demo")
class DemoServerController {

	private final DemoServer server;

	private final Gate gate;

	DemoServerController(DemoServer server, Gate gate) {
		this.server = server;
		this.gate = gate;
	}

	@PostMapping("/drop")
	String drop() {
		return "dropped %d socket(s)%n".formatted(this.server.drop());
	}

	@PostMapping("/silence")
	String silence(@RequestParam(defaultValue = "30") int seconds) {
		return "%d socket(s) silent for %ds%n".formatted(this.server.silence(Duration.ofSeconds(seconds)), seconds);
	}

	@PostMapping("/refuse")
	String refuse(@RequestParam(defaultValue = "10") int seconds) {
		this.gate.close(Duration.ofSeconds(seconds));
		return "refusing upgrades for %ds%n".formatted(seconds);
	}

}
