package io.github.websocketresilience.messaging;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JacksonJsonCodec}.
 */
class JacksonJsonCodecTests {

	private static final String DOCUMENT = """
			{
			  "ModeCode": "heart_beat",
			  "n": {"int": 42, "dec": -1.50e3, "yes": true, "no": false, "none": null, "empty": ""},
			  "list": [10, {"id": "a"}, [20, 21], "last"],
			  "a/b": "slash", "c~d": "tilde", "~1": "both", "": "nameless", "0": "digit",
			  "text": "tab\\t quote\\" \\u00e9 \\ud83d\\ude00"
			}""";

	private final JacksonJsonCodec codec = new JacksonJsonCodec(JsonMapper.builder().build());

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			/ModeCode     | heart_beat
			/n/int        | 42
			/n/dec        | -1.50e3
			/n/yes        | true
			/n/no         | false
			/n/none       | null
			/n/empty      | ``
			/list/0       | 10
			/list/1/id    | a
			/list/2/1     | 21
			/list/3       | last
			/a~1b         | slash
			/c~0d         | tilde
			/~01          | both
			/             | nameless
			/0            | digit
			""", delimiter = '|')
	void scalarIsFound(String pointer, String value) {
		assertThat(valueAt(DOCUMENT, pointer)).isEqualTo(value);
	}

	@Test
	void escapesOfStringsAreResolved() {
		assertThat(valueAt(DOCUMENT, "/text")).isEqualTo("tab\t quote\" \u00e9 \ud83d\ude00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/n", "/list", "/list/1", "/list/4", "/list/-", "/list/01", "/list/-1", "/list/id",
			"/absent", "/modecode", "/ModeCode/x", "/n/int/0", "/n/none/x", "/list/2/9/x" })
	void nothingIsFoundWhereThereIsNoScalar(String pointer) {
		assertThat(valueAt(DOCUMENT, pointer)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "'\"ping\"', ping", "'  17 ', 17", "true, true", "null, null" })
	void emptyPointerIsTheWholeText(String json, String value) {
		assertThat(valueAt(json, "")).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "ping", "{", "[", "{\"type\"", "{\"type\":", "{\"type\":\"po", "{type:\"pong\"}",
			"{'type':'pong'}", "{\"type\":pong}", "{\"type\":tru", "{\"type\":01}", "{\"type\":NaN}", "{\"a\":1,,}",
			"{\"a\":[1,{\"b\":\"]}", "{\"a\":}", "]", "<type>pong</type>", "\u0000", "{\"type\":\"a\nb\"}", "/*x*/{}",
			"{\"type\":\"\\ud8\"}", "\ufeff{\"type\":1}" })
	void whatIsNoJsonHasNoValue(String text) {
		assertThat(valueAt(text, "/type")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"pong\"", "{\"type\":\"pong\",", "{\"type\":\"pong\",}}}}]",
			"{\"type\":\"pong\" garbage", "{\"type\":\"pong\"}{\"type\":2}", "{\"type\":\"pong\",\"type\":\"other\"}" })
	void readingStopsAtTheValue(String text) {
		assertThat(valueAt(text, "/type")).isEqualTo("pong");
	}

	@Test
	void readingStopsWithTheObjectThatShouldHoldIt() {
		assertThat(valueAt("{\"a\":{\"b\":1}, garbage", "/a/c")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "[{\"a\":" })
	void deepNestingIsRefused(String opening) {
		String deep = "{\"deep\":" + opening.repeat(100_000) + "1";
		assertThat(valueAt(deep + "\"type\":1", "/type")).isNull();
		assertThat(valueAt(deep, "/deep" + "/0".repeat(600))).isNull();
	}

	@Test
	void nestingWithinTheLimitIsRead() {
		String json = "[".repeat(400) + "\"x\"" + "]".repeat(400);
		assertThat(valueAt(json, "/0".repeat(400))).isEqualTo("x");
	}

	@Test
	void numbersAndNamesBeyondTheLimitAreRefused() {
		assertThat(valueAt("{\"type\":" + "9".repeat(5_000) + "}", "/type")).isNull();
		assertThat(valueAt("{\"" + "n".repeat(100_000) + "\":1,\"type\":1}", "/type")).isNull();
	}

	@Test
	void malformedPointerIsTheCallersMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> valueAt("{}", "type"));
	}

	@Test
	void valueIsWrittenByTheApplicationsMapper() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		assertThat(new JacksonJsonCodec(mapper).write(new Order("a\u00e9", 1)))
			.isEqualTo("{\"client_id\":\"a\u00e9\",\"size\":1}");
	}

	@Test
	void valueThatCannotBeWrittenIsNamedByItsClassOnly() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.write(new Broken()))
			.withMessage("a value of " + Broken.class.getName() + " cannot be written as JSON");
		List<Object> circle = new ArrayList<>();
		circle.add(circle);
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.write(circle))
			.withMessage("a value of java.util.ArrayList cannot be written as JSON");
	}

	private @Nullable String valueAt(String json, String pointer) {
		return this.codec.at(pointer).valueIn(json);
	}

	record Order(String clientId, int size) {
	}

	static class Broken {

		@JsonProperty
		String text() {
			throw new IllegalStateException("secret");
		}

	}

}
