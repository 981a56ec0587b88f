package io.github.websocketresilience.health;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.StoppedStatus;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketHealthContributor}.
 */
class WebSocketHealthContributorTests {

	private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

	private static final Duration GRACE = Duration.ofSeconds(60);

	private Instant now = START;

	@Test
	void openIsUp() {
		StubConnection connection = connection(StoppedStatus.UNKNOWN);
		connection.be(ConnectionState.OPEN, START, null);
		this.now = START.plus(Duration.ofDays(1));
		assertThat(health(connection).getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource(names = { "CONNECTING", "WAITING" })
	void notOpenIsUpForTheGracePeriodAndThenDown(ConnectionState state) {
		StubConnection connection = connection(StoppedStatus.UNKNOWN);
		connection.be(state, START.plusSeconds(50), START);
		assertThat(health(connection).getStatus()).isEqualTo(Status.UP);
		this.now = START.plus(GRACE).minusNanos(1);
		assertThat(health(connection).getStatus()).isEqualTo(Status.UP);
		this.now = START.plus(GRACE);
		assertThat(health(connection).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void withoutGracePeriodNotOpenIsDown() {
		StubConnection connection = connection(Duration.ZERO, StoppedStatus.UNKNOWN);
		connection.be(ConnectionState.CONNECTING, START, START);
		assertThat(health(connection).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void givenUpIsDownAtOnce() {
		StubConnection connection = connection(StoppedStatus.OUT_OF_SERVICE);
		connection.be(ConnectionState.CLOSED, START, START);
		connection.disconnected(Disconnect.refused(401, null), true);
		assertThat(health(connection).getStatus()).isEqualTo(Status.DOWN);
	}

	@ParameterizedTest
	@EnumSource(names = { "IDLE", "CLOSING", "CLOSED" })
	void stoppedIsUnknownUnlessConfiguredOtherwise(ConnectionState state) {
		StubConnection unknown = connection(StoppedStatus.UNKNOWN);
		unknown.be(state, START, null);
		StubConnection outOfService = connection(StoppedStatus.OUT_OF_SERVICE);
		outOfService.be(state, START, START);
		this.now = START.plus(Duration.ofDays(1));
		assertThat(health(unknown).getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health(outOfService).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void detailsOfAnOpenConnection() {
		StubConnection connection = connection(StoppedStatus.UNKNOWN);
		connection.be(ConnectionState.OPEN, START, null);
		connection.attempt(1, null);
		connection.roundTripTime(Duration.ofMillis(12));
		assertThat(health(connection).getDetails()).containsExactly(Map.entry("state", "OPEN"),
				Map.entry("since", "2026-11-20T10:00:00Z"), Map.entry("attempt", 1L),
				Map.entry("roundTripTime", "PT0.012S"), Map.entry("url", "wss://localhost/ws"));
	}

	@Test
	void detailsOfAWaitingConnectionSayWhyAndUntilWhen() {
		StubConnection connection = connection(StoppedStatus.UNKNOWN);
		connection.be(ConnectionState.WAITING, START.plusSeconds(10), START);
		connection.attempt(3, START.plusSeconds(14));
		connection.disconnected(Disconnect.peerClosed(1001, "secret"), false);
		assertThat(health(connection).getDetails()).containsExactly(
				Map.entry("state", "WAITING"), Map.entry("since", "2026-11-20T10:00:10Z"),
				Map.entry("notOpenSince", "2026-11-20T10:00:00Z"), Map.entry("attempt", 3L),
				Map.entry("nextAttempt", "2026-11-20T10:00:14Z"), Map.entry("lastDisconnect", Map.of("text",
						"closed by peer with 1001 (going away)", "kind", "PEER_CLOSED", "closeCode", 1001)),
				Map.entry("url", "wss://localhost/ws"));
	}

	@Test
	void silentFeedIsUpWithADetail() {
		StubConnection connection = connection(StoppedStatus.UNKNOWN);
		connection.be(ConnectionState.OPEN, START, null);
		connection.silentSince(START.plusSeconds(30));
		assertThat(health(connection).getStatus()).isEqualTo(Status.UP);
		assertThat(health(connection).getDetails()).containsEntry("silentSince", "2026-11-20T10:00:30Z");
		connection.silentSince(null);
		assertThat(health(connection).getDetails()).doesNotContainKey("silentSince");
	}

	@Test
	void detailsHoldNoSecret() {
		StubConnection connection = connection(StoppedStatus.UNKNOWN);
		connection.disconnected(Disconnect.refused(401, null), true);
		assertThat(health(connection).getDetails().toString()).doesNotContain("secret", "user")
			.contains("upgrade refused with HTTP 401");
	}

	@Test
	void everyConnectionIsAComponent() {
		StubConnections connections = new StubConnections(new StubConnection("default"), new StubConnection("prices"));
		WebSocketHealthContributor contributor = new WebSocketHealthContributor(connections, () -> this.now);
		assertThat(names(contributor)).containsExactly("default", "prices");
		assertThat(contributor.getContributor("prices")).isInstanceOf(HealthIndicator.class);
		assertThat(contributor.getContributor("orders")).isNull();
	}

	@Test
	void connectionOpenedLaterIsAComponent() {
		StubConnections connections = new StubConnections();
		WebSocketHealthContributor contributor = new WebSocketHealthContributor(connections, () -> this.now);
		assertThat(names(contributor)).isEmpty();
		connections.add(new StubConnection("orders"));
		assertThat(names(contributor)).containsExactly("orders");
	}

	@Test
	void membersOfAGroupShareAComponentAndTheOthersHaveTheirOwn() {
		WebSocketHealthContributor contributor = contributor(open("default", null), open("a", "feeds"),
				open("b", "feeds"), open("c", "orders"));
		assertThat(names(contributor)).containsExactly("default", "feeds", "orders");
		assertThat(contributor.getContributor("a")).isNull();
		assertThat(details(contributor, "feeds")).containsExactly(Map.entry("connections", 2),
				Map.entry("states", Map.of("OPEN", 2)), Map.entry("down", 0));
	}

	@Test
	void groupOfOneIsShownAsAGroupSoThatItsDetailsDoNotChangeWithASecond() {
		assertThat(details(contributor(open("a", "feeds")), "feeds")).containsEntry("connections", 1);
	}

	@Test
	void connectionThatIsNamedAsAGroupIsCountedInIt() {
		StubConnection namesake = member("feeds", null, ConnectionState.CLOSED);
		namesake.disconnected(Disconnect.refused(401, null), true);
		WebSocketHealthContributor contributor = contributor(namesake, open("a", "feeds"));
		assertThat(names(contributor)).containsExactly("feeds");
		assertThat(status(contributor, "feeds")).isEqualTo(Status.DOWN);
		assertThat(details(contributor, "feeds")).containsEntry("connections", 2)
			.containsEntry("notUp", Map.of("feeds", "upgrade refused with HTTP 401"));
	}

	@Test
	void groupThatIsNamedAsAMemberOfAnotherGroupHidesNothing() {
		WebSocketHealthContributor contributor = contributor(open("a", "b"), open("b", "c"));
		assertThat(names(contributor)).containsExactly("b", "c");
		assertThat(details(contributor, "b")).containsEntry("connections", 1);
	}

	@Test
	void groupIsAsBadAsItsWorstMember() {
		StubConnection down = member("d", "feeds", ConnectionState.WAITING);
		down.be(ConnectionState.WAITING, START, START.minus(GRACE));
		down.disconnected(Disconnect.peerClosed(1001, "secret"), false);
		WebSocketHealthContributor contributor = contributor(open("a", "feeds"),
				member("b", "feeds", ConnectionState.CLOSED), member("c", "feeds", ConnectionState.CONNECTING), down);
		assertThat(status(contributor, "feeds")).isEqualTo(Status.DOWN);
		assertThat(details(contributor, "feeds")).containsExactly(Map.entry("connections", 4),
				Map.entry("states", Map.of("OPEN", 1, "CLOSED", 1, "CONNECTING", 1, "WAITING", 1)),
				Map.entry("down", 1),
				Map.entry("notUp", Map.of("b", "CLOSED", "d", "closed by peer with 1001 (going away)")));
	}

	@Test
	void groupInWhichAllAreStoppedIsNotDown() {
		StubConnection unknown = member("a", "feeds", ConnectionState.CLOSED);
		assertThat(status(contributor(unknown, member("b", "feeds", ConnectionState.IDLE)), "feeds"))
			.isEqualTo(Status.UNKNOWN);
		StubConnection outOfService = new StubConnection(settings("c", "feeds", StoppedStatus.OUT_OF_SERVICE));
		assertThat(status(contributor(unknown, outOfService), "feeds")).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void ofManyMembersTenAreNamedThoseThatAreDownFirst() {
		StubConnections connections = new StubConnections();
		for (int i = 0; i < 3000; i++) {
			connections.add(member("stopped-" + i, "feeds", ConnectionState.CLOSED));
		}
		for (int i = 0; i < 3; i++) {
			StubConnection down = member("down-" + i, "feeds", ConnectionState.CLOSED);
			down.disconnected(Disconnect.refused(401, null), true);
			connections.add(down);
		}
		Map<String, Object> details = details(new WebSocketHealthContributor(connections, () -> this.now), "feeds");
		assertThat(details).containsEntry("connections", 3003).containsEntry("down", 3);
		assertThat(((Map<?, ?>) details.get("notUp")).keySet().stream().map(Object::toString).toList())
			.startsWith("down-0", "down-1", "down-2", "stopped-0")
			.hasSize(10);
	}

	@Test
	void moreMembersThatAreDownThanAreNamed() {
		StubConnections connections = new StubConnections(member("stopped", "feeds", ConnectionState.CLOSED));
		for (int i = 0; i < 11; i++) {
			StubConnection down = member("down-" + i, "feeds", ConnectionState.CLOSED);
			down.disconnected(Disconnect.refused(401, null), true);
			connections.add(down);
		}
		Map<String, Object> details = details(new WebSocketHealthContributor(connections, () -> this.now), "feeds");
		assertThat(details).containsEntry("down", 11);
		assertThat((Map<?, ?>) details.get("notUp")).hasSize(10)
			.allSatisfy((name, why) -> assertThat((String) name).startsWith("down-"));
	}

	@Test
	void silentMembersAreCounted() {
		StubConnection silent = open("a", "feeds");
		silent.silentSince(START);
		assertThat(details(contributor(silent, open("b", "feeds")), "feeds")).containsEntry("silent", 1);
	}

	private WebSocketHealthContributor contributor(StubConnection... connections) {
		return new WebSocketHealthContributor(new StubConnections(connections), () -> this.now);
	}

	private static Status status(WebSocketHealthContributor contributor, String component) {
		return health(contributor, component).getStatus();
	}

	private static Map<String, Object> details(WebSocketHealthContributor contributor, String component) {
		return health(contributor, component).getDetails();
	}

	private static Health health(WebSocketHealthContributor contributor, String component) {
		HealthIndicator indicator = (HealthIndicator) contributor.getContributor(component);
		assertThat(indicator).isNotNull();
		HealthIndicator streamed = (HealthIndicator) contributor.stream()
			.filter((entry) -> entry.name().equals(component))
			.findFirst()
			.orElseThrow()
			.contributor();
		assertThat(streamed.health()).isEqualTo(indicator.health());
		return indicator.health();
	}

	private static StubConnection open(String name, @Nullable String group) {
		return member(name, group, ConnectionState.OPEN);
	}

	private static StubConnection member(String name, @Nullable String group, ConnectionState state) {
		StubConnection connection = new StubConnection(settings(name, group, StoppedStatus.UNKNOWN));
		connection.be(state, START, null);
		return connection;
	}

	private static ConnectionSettings settings(String name, @Nullable String group, StoppedStatus stopped) {
		return ConnectionSettings.builder(name, URI.create("wss://localhost/ws"))
			.group(group)
			.health(new ConnectionSettings.Health(GRACE, stopped))
			.build();
	}

	private static List<String> names(WebSocketHealthContributor contributor) {
		return contributor.stream().map(HealthContributors.Entry::name).toList();
	}

	private Health health(StubConnection connection) {
		WebSocketHealthContributor contributor = new WebSocketHealthContributor(new StubConnections(connection),
				() -> this.now);
		HealthIndicator indicator = (HealthIndicator) contributor.getContributor("prices");
		assertThat(indicator).isNotNull();
		return indicator.health();
	}

	private static StubConnection connection(StoppedStatus stopped) {
		return connection(GRACE, stopped);
	}

	private static StubConnection connection(Duration grace, StoppedStatus stopped) {
		URI url = URI.create("wss://user:secret@localhost/ws?token=secret");
		return new StubConnection(ConnectionSettings.builder("prices", url)
			.health(new ConnectionSettings.Health(grace, stopped))
			.build());
	}

}
