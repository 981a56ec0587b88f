package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.UUID;

import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Beat}: the text of a heartbeat.
 */
class BeatTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void placeholdersAreFilledForEachHeartbeat() {
		ManualSocket socket = open(text("{{timestamp}} {{sequence}} {{uuid}} {{sequence}} $1 \\"));
		this.connection.advance(seconds(25));
		socket.text("alive");
		this.connection.advance(seconds(25));
		String[] first = socket.written().get(0).split(" ");
		String[] second = socket.written().get(1).split(" ");
		assertThat(first).containsExactly("1767225625000", "1", first[2], "1", "$1", "\\");
		assertThat(second).containsExactly("1767225650000", "2", second[2], "2", "$1", "\\");
		UUID uuid = UUID.fromString(first[2]);
		assertThat(uuid.version()).isEqualTo(4);
		assertThat(uuid.variant()).isEqualTo(2);
		assertThat(second[2]).isNotEqualTo(first[2]);
	}

	@ParameterizedTest
	@CsvSource({ "0,00000000-0000-4000-8000-000000000000", "-1,ffffffff-ffff-4fff-bfff-ffffffffffff" })
	void uuidIsOfVersion4WhateverIsDrawn(long drawn, String uuid) {
		this.connection.random(() -> drawn);
		ManualSocket socket = open(text("{{uuid}}"));
		this.connection.advance(seconds(25));
		assertThat(socket.written()).containsExactly(uuid);
	}

	@Test
	void textWithoutPlaceholdersIsSentAsItIs() {
		ManualSocket socket = open(text("{\"type\": \"ping\"}"));
		this.connection.advance(seconds(25));
		assertThat(socket.written()).containsExactly("{\"type\": \"ping\"}");
	}

	private ManualSocket open(Heartbeat heartbeat) {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat)).start();
		return this.connection.open();
	}

	private static Heartbeat text(String message) {
		return new Heartbeat(seconds(25), seconds(10), 1, message, Reply.DEFAULT, Proof.ANY);
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

}
