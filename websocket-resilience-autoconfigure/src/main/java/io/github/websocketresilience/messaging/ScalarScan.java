package io.github.websocketresilience.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.github.websocketresilience.JsonCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

import org.springframework.util.Assert;

/**
 * Finds the scalars at several pointers of a text in one pass, which ends when all of
 * them are found or cannot be there any more. Of properties of the same name the first
 * one counts. Thread-safe.
 */
final class ScalarScan {

	private final List<Sought> all;

	ScalarScan(List<JsonPointer> pointers) {
		this.all = new ArrayList<>();
		pointers.forEach((pointer) -> this.all.add(new Sought(this.all.size(), pointer)));
	}

	/**
	 * Read a pointer. Jackson takes a {@code ~} for itself that stands for nothing.
	 * @param pointer a JSON pointer (RFC 6901)
	 * @return the pointer
	 * @throws IllegalArgumentException if it is malformed
	 */
	static JsonPointer compile(String pointer) {
		Assert.isTrue(JsonCodec.isPointer(pointer), () -> "'" + pointer + "' is not a JSON pointer");
		return JsonPointer.compile(pointer);
	}

	/**
	 * Read a text as far as needed.
	 * @param parser at the begin of a text that may or may not be JSON; closed here
	 * @return in the order of the pointers, the text of the string, number, boolean or
	 * null there, or {@code null} if the text is not JSON so far or has no scalar there
	 */
	@Nullable String[] read(JsonParser parser) {
		@Nullable String[] found = new String[this.all.size()];
		try (parser) {
			parser.nextToken();
			value(this.all, parser, found);
		}
		catch (JacksonException ex) {
			// The text comes from the peer: that it is no JSON, or beyond a limit, is an
			// answer and not a fault.
			return found;
		}
		return found;
	}

	/** Returns when all is decided, possibly before the value's end. */
	private static void value(List<Sought> sought, JsonParser parser, @Nullable String[] found) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.START_OBJECT) {
			object(new ArrayList<>(sought), parser, found);
		}
		else if (token == JsonToken.START_ARRAY) {
			array(new ArrayList<>(sought), parser, found);
		}
		else if (token != null && token.isScalarValue()) {
			for (Sought it : sought) {
				if (it.rest().matches()) {
					found[it.index()] = parser.getString();
				}
			}
		}
	}

	private static void object(List<Sought> open, JsonParser parser, @Nullable String[] found) {
		open.removeIf((it) -> it.rest().matches());
		int depth = parser.streamReadContext().getNestingDepth();
		while (!open.isEmpty()) {
			String name = parser.nextName();
			if (name == null) {
				return;
			}
			parser.nextToken();
			descend(take(open, (it) -> it.matchesProperty(name)), open, depth, parser, found);
		}
	}

	private static void array(List<Sought> open, JsonParser parser, @Nullable String[] found) {
		open.removeIf((it) -> it.rest().matches());
		int depth = parser.streamReadContext().getNestingDepth();
		for (int index = 0; !open.isEmpty(); index++) {
			if (parser.nextToken() == JsonToken.END_ARRAY) {
				return;
			}
			int element = index;
			descend(take(open, (it) -> it.matchesElement(element)), open, depth, parser, found);
		}
	}

	private static void descend(List<Sought> inside, List<Sought> open, int depth, JsonParser parser,
			@Nullable String[] found) {
		if (inside.isEmpty()) {
			parser.skipChildren();
			return;
		}
		value(inside, parser, found);
		while (!open.isEmpty() && parser.streamReadContext().getNestingDepth() > depth) {
			parser.nextToken();
		}
	}

	/** Those that may be inside this value; a later one of the same name is not asked. */
	private static List<Sought> take(List<Sought> open, Predicate<JsonPointer> here) {
		List<Sought> inside = new ArrayList<>();
		open.removeIf((it) -> {
			boolean matches = here.test(it.rest());
			if (matches) {
				inside.add(new Sought(it.index(), it.rest().tail()));
			}
			return matches;
		});
		return inside;
	}

	/**
	 * A pointer on its way down.
	 *
	 * @param index its place in the result
	 * @param rest what is left of it below the value that is being read
	 */
	private record Sought(int index, JsonPointer rest) {
	}

}
