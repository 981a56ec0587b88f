package io.github.websocketresilience.sample.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.websocketresilience.sample.server.Faults.Report;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.socket.CloseStatus;

/**
 * Makes the server misbehave on request.
 */
@RestController
@RequestMapping("/api/faults")
class FaultController {

	private final Faults faults;

	FaultController(Faults faults) {
		this.faults = faults;
	}

	@PostMapping("/drop")
	Report drop() {
		return this.faults.drop();
	}

	@PostMapping("/silence")
	Report silence(@RequestParam(defaultValue = "10") int seconds) {
		return this.faults.silence(duration(seconds));
	}

	@PostMapping("/close")
	Report close(@RequestParam(defaultValue = "1001") int code, @RequestParam(defaultValue = "") String reason,
			@RequestParam(required = false) @Nullable String key) {
		require(code >= 1000 && code <= 1003 || code >= 1007 && code <= 1013 || code >= 3000 && code <= 4999,
				"'code' must be 1000 to 1003, 1007 to 1013 or 3000 to 4999: RFC 6455 lets nobody send others");
		require(reason.getBytes(StandardCharsets.UTF_8).length <= 123, "'reason' must not be longer than 123 bytes");
		return this.faults.close(new CloseStatus(code, reason), key);
	}

	@PostMapping("/refuse")
	Report refuse(@RequestParam(defaultValue = "503") int status, @RequestParam(defaultValue = "10") int seconds) {
		require(status >= 400 && status <= 599, "'status' must be between 400 and 599");
		return this.faults.refuse(HttpStatusCode.valueOf(status), duration(seconds));
	}

	@PostMapping("/delay")
	Report delay(@RequestParam(defaultValue = "2000") int millis, @RequestParam(defaultValue = "10") int seconds) {
		require(millis >= 1 && millis <= 10_000, "'millis' must be between 1 and 10000");
		return this.faults.delay(Duration.ofMillis(millis), duration(seconds));
	}

	@PostMapping("/flood")
	Report flood(@RequestParam(defaultValue = "5000") int messages) {
		require(messages >= 1 && messages <= 20_000, "'messages' must be between 1 and 20000");
		return this.faults.flood(messages);
	}

	@PostMapping("/stop")
	Report stop(@RequestParam(defaultValue = "10") int seconds) {
		return this.faults.stop(duration(seconds));
	}

	private static Duration duration(int seconds) {
		require(seconds >= 1 && seconds <= 120, "'seconds' must be between 1 and 120");
		return Duration.ofSeconds(seconds);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
		}
	}

}
