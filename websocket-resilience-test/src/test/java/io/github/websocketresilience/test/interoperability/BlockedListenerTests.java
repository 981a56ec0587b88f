package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A listener that blocks for longer than any timeout, in short, and, with
 * {@code -Dgroups=long}, for a minute.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BlockedListenerTests {

	@BeforeAll
	static void install() {
		NodeInstallation.directory();
	}

	@Test
	void keepsItsSocketWhenTheServerDoesNotCare() {
		new BlockedListener(Duration.ofSeconds(4)).keepsItsSocket();
	}

	@Test
	void isDroppedByAServerThatDropsTheSilentAndGoesOn() {
		new BlockedListener(Duration.ofSeconds(4)).isDroppedForItsSilenceAndGoesOn(Duration.ofSeconds(2));
	}

	@Test
	@Tag("long")
	void keepsItsSocketForAMinute() {
		new BlockedListener(Duration.ofMinutes(1)).keepsItsSocket();
	}

	@Test
	@Tag("long")
	void isDroppedAgainAndAgainForAMinuteAndGoesOn() {
		new BlockedListener(Duration.ofMinutes(1)).isDroppedForItsSilenceAndGoesOn(Duration.ofSeconds(10));
	}

}
