package io.github.websocketresilience.messaging;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link NumberEdit}, as users of {@link JacksonJsonCodec} see it.
 */
class NumberEditTests {

	private final JacksonJsonCodec codec = new JacksonJsonCodec(JsonMapper.builder().build());

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                      | /id     | {"id":7}
			{ }                     | /id     | { "id":7}
			{"a":1}                 | /id     | {"a":1,"id":7}
			{"id":1}                | /id     | {"id":7}
			{"id": -1.50e3 , "a":1} | /id     | {"id": 7 , "a":1}
			{"id":null}             | /id     | {"id":7}
			{"id":"old \\" text"} | /id     | {"id":7}
			{"id":{"a":[1]},"b":2}  | /id     | {"id":7,"b":2}
			{"a":{"id":1}}          | /id     | {"a":{"id":1},"id":7}
			{"a":{}}                | /a/id   | {"a":{"id":7}}
			{"a":1}                 | /b/c/id | {"a":1,"b":{"c":{"id":7}}}
			{"a":1}                 | /       | {"a":1,"":7}
			{"a/b":1,"c~d":2}       | /a~1b   | {"a/b":7,"c~d":2}
			{}                      | /c~0"d  | {"c~\\"d":7}
			{}                      | /0/-    | {"0":{"-":7}}
			[]                      | /0      | [7]
			[]                      | /-      | [7]
			[1,2]                   | /2      | [1,2,7]
			[1,2]                   | /-      | [1,2,7]
			[1, 2 ,3]               | /1      | [1, 7 ,3]
			["s",true]              | /0      | [7,true]
			["s",true]              | /1      | ["s",7]
			[[1],{"id":1}]          | /1/id   | [[1],{"id":7}]
			[]                      | /0/id   | [{"id":7}]
			[1]                     | /-/id   | [1,{"id":7}]
			{"a":1}                 | ``      | 7
			1                       | ``      | 7
			""")
	void numberIsSetWhereThePointerSays(String json, String pointer, String expected) {
		assertThat(withNumberAt(json, pointer, 7)).isEqualTo(expected);
		assertThat(valueAt(expected, pointer.replace("/-", "/" + last(json)))).isEqualTo("7");
	}

	private static String last(String json) {
		return json.startsWith("{") ? "-" : json.equals("[]") ? "0" : json.equals("[1]") ? "1" : "2";
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MAX_VALUE, Long.MIN_VALUE })
	void anyNumberCanBeSet(long number) {
		assertThat(withNumberAt("{}", "/id", number)).isEqualTo("{\"id\":" + number + "}");
	}

	@Test
	void everythingElseStaysAsItWas() {
		String json = """
				 {"price" : 0.10000000000000000000000000000000001, "size":1e400,
				  "big":123456789012345678901234567890, "zero":-0.0, "list":[1.0, 1.00 ],"text":"\\u00e9\\/ \ud83d\ude00",
				  "id" : "old" , "same":1, "same":2 }\s
				""";
		assertThat(withNumberAt(json, "/id", 42)).isEqualTo(json.replace("\"old\"", "42"));
		assertThat(withNumberAt(json, "/new", 42)).isEqualTo(json.replace(" }", " ,\"new\":42}"));
	}

	@Test
	void placeIsFoundInLongTexts() {
		String filler = "{\"a\":[" + "\"\ud83d\ude00 filler\", 1.50,\n".repeat(20_000) + "{}]";
		String json = filler + ", \"id\" :  \"old\"  , \"z\":0}";
		assertThat(withNumberAt(json, "/id", 42)).isEqualTo(filler + ", \"id\" :  42  , \"z\":0}");
		assertThat(withNumberAt(json, "/new", 42)).isEqualTo(filler + ", \"id\" :  \"old\"  , \"z\":0,\"new\":42}");
		String number = "1".repeat(999);
		assertThat(withNumberAt("{\"id\":" + number + "}", "/id", 1)).isEqualTo("{\"id\":1}");
		assertThat(new BigDecimal(withNumberAt(number, "", 1))).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "secret", "{", "[", "{\"id\"", "{\"id\":", "{\"id\":\"secret", "{id:1}",
			"{'secret':1}", "{\"secret\":1,}", "{\"a\":secret}", "{\"id\":01}", "{\"id\":NaN}", "{\"id\":1} secret",
			"{\"id\":1}{\"secret\":2}", "{\"a\":1]", "<secret/>", "/*secret*/{}", "\ufeff{}", "{\"a\":\"se\ncret\"}",
			"{\"id\":1,\"a\":\"\\x\"}", "{\"a\":1} ]" })
	void textThatIsNoJsonIsRefusedAndNotShown(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt(text, "/id", 7))
			.withNoCause()
			.withMessageContaining("'/id'")
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1            | /id
			"secret"     | /id
			null         | /id
			{"a":"secret"} | /a/id
			{"a":null}   | /a/id
			[]           | /1
			[1]          | /3
			[1]          | /01
			[1]          | /id
			[]           | /-1
			""")
	void valueWithoutRoomIsRefusedAndNotShown(String json, String pointer) {
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt(json, pointer, 7))
			.withMessage("the JSON has no room for a number at '" + pointer + "'")
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"id\":1,\"id\":\"secret\"}", "{\"id\":{},\"a\":1,\"id\":2}", "{\"id\":1,\"\\u0069d\":2}" })
	void namesThatAreThereTwiceOnTheWayAreRefused(String json) {
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt(json, "/id", 7))
			.withMessage("the text has two properties of the same name on the way to '/id', so no number can be set"
					+ " there");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "[{\"a\":" })
	void deepNestingIsRefused(String opening) {
		String deep = opening.repeat(100_000);
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt(deep, "/id", 7));
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt("{\"id\":" + deep + "1", "/id", 7));
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt("[" + deep, "/0".repeat(1_000), 7));
	}

	@Test
	void nestingWithinTheLimitIsEdited() {
		String opening = "[".repeat(499) + "{\"id\":";
		String closing = "}" + "]".repeat(499);
		assertThat(withNumberAt(opening + "1" + closing, "/0".repeat(499) + "/id", 7))
			.isEqualTo(opening + "7" + closing);
	}

	@Test
	void numbersAndNamesBeyondTheLimitAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> withNumberAt("{\"a\":" + "9".repeat(5_000) + "}", "/id", 7));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> withNumberAt("{\"" + "n".repeat(100_000) + "\":1}", "/id", 7));
	}

	@Test
	void malformedPointerIsTheCallersMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> withNumberAt("{}", "id", 7));
	}

	private @Nullable String valueAt(String json, String pointer) {
		return this.codec.at(pointer).valueIn(json);
	}

	private String withNumberAt(String json, String pointer, long number) {
		return this.codec.at(pointer).withNumber(json, number);
	}

}
