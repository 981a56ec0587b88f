package io.github.websocketresilience.messaging;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScalarScan}: several pointers in one pass find what each would find
 * alone.
 */
class ScalarScanTests {

	private static final List<String> POINTERS = List.of("", "/a", "/b", "/a/b", "/a/c", "/a/0", "/b/1/c", "/b/1",
			"/b/0/c", "/b/2/0", "/b/-", "/c", "/c/d/e", "/", "/a");

	private final JacksonJsonCodec codec = new JacksonJsonCodec(JsonMapper.builder().build());

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":1,\"b\":2,\"c\":3}",
			"{\"a\":{\"b\":1,\"c\":2},\"b\":[{\"c\":3},{\"c\":4},[5]],\"c\":6}",
			"{\"b\":[0,{\"x\":{\"c\":9},\"c\":4,\"d\":[1]},[5,6]],\"a\":{\"c\":2,\"x\":[[]],\"b\":1}}",
			"{\"c\":{\"d\":{\"x\":1,\"e\":2,\"f\":3},\"d\":{\"e\":9}},\"c\":5,\"a\":7}", "{\"a\":[\"x\"],\"a\":1}",
			"[1,2]", "\"text\"", "17", "true", "null", "{}", "[]", "", "no json", "{\"a\":1,\"b\":",
			"{\"a\":{\"b\":1,,", "{\"b\":[{\"c\":1}],\"a\":no}", "{\"\":1,\"a\":{\"\":2}}", "{\"a\":1} garbage" })
	void onePassFindsWhatEachWouldFindAlone(String json) {
		List<JsonPointer> pointers = POINTERS.stream().map(JsonPointer::compile).toList();
		assertThat(new ScalarScan(pointers).read(new JsonFactory().createParser(ObjectReadContext.empty(), json)))
			.containsExactly(POINTERS.stream().map((pointer) -> valueAt(json, pointer)).toArray(String[]::new));
	}

	@Test
	void severalScalarsAreFoundInAnyOrder() {
		String json = "{\"b\":[0,{\"c\":\"x\",\"d\":{}},2],\"a\":{\"c\":true,\"b\":1.50},\"c\":null, garbage";
		List<JsonPointer> pointers = List.of(JsonPointer.compile("/a/b"), JsonPointer.compile("/c"),
				JsonPointer.compile("/b/1/c"), JsonPointer.compile("/b/1/d"), JsonPointer.compile("/d"));
		assertThat(new ScalarScan(pointers).read(new JsonFactory().createParser(ObjectReadContext.empty(), json)))
			.containsExactly("1.50", "null", "x", null, null);
	}

	private @Nullable String valueAt(String json, String pointer) {
		return this.codec.at(pointer).valueIn(json);
	}

}
