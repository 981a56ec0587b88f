package io.github.websocketresilience.messaging;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Finds the characters of a JSON text that must change for a number to stand at a
 * pointer. Texts that Jackson would write again lose their form and may lose digits;
 * these lose nothing.
 */
final class NumberEdit {

	private final JsonParser parser;

	private final JsonPointer pointer;

	private final long number;

	NumberEdit(JsonParser parser, JsonPointer pointer, long number) {
		this.parser = parser;
		this.pointer = pointer;
		this.number = number;
	}

	String applyTo(String json) {
		if (this.parser.nextToken() == null) {
			throw new IllegalArgumentException("the text is empty, so no number can be set at '" + this.pointer + "'");
		}
		Change change = value(this.pointer);
		if (this.parser.nextToken() != null) {
			throw new IllegalArgumentException(
					"the text is more than one JSON value, so no number can be set at '" + this.pointer + "'");
		}
		return json.substring(0, change.begin()) + change.text() + json.substring(change.end());
	}

	/** Ends, like the methods below, with the last token of the value. */
	private Change value(JsonPointer path) {
		if (path.matches()) {
			int begin = (int) this.parser.currentTokenLocation().getCharOffset();
			this.parser.skipChildren();
			this.parser.finishToken();
			return new Change(begin, (int) this.parser.currentLocation().getCharOffset(), Long.toString(this.number));
		}
		return switch (this.parser.currentToken()) {
			case START_OBJECT -> object(path);
			case START_ARRAY -> array(path);
			default -> throw noRoom();
		};
	}

	private Change object(JsonPointer path) {
		Change change = null;
		boolean empty = true;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			empty = false;
			this.parser.nextToken();
			if (!path.matchesProperty(name)) {
				this.parser.skipChildren();
			}
			else if (change == null) {
				change = value(path.tail());
			}
			else {
				throw new IllegalArgumentException("the text has two properties of the same name on the way to '"
						+ this.pointer + "', so no number can be set there");
			}
		}
		return (change != null) ? change : addition(empty, property(path));
	}

	private Change array(JsonPointer path) {
		Change change = null;
		int size = 0;
		for (; this.parser.nextToken() != JsonToken.END_ARRAY; size++) {
			if (path.matchesElement(size)) {
				change = value(path.tail());
			}
			else {
				this.parser.skipChildren();
			}
		}
		if (change == null && !path.matchesElement(size) && !path.getMatchingProperty().equals("-")) {
			throw noRoom();
		}
		return (change != null) ? change : addition(size == 0, missing(path.tail()));
	}

	private Change addition(boolean empty, String text) {
		int end = (int) this.parser.currentTokenLocation().getCharOffset();
		return new Change(end, end, empty ? text : "," + text);
	}

	private String missing(JsonPointer path) {
		return path.matches() ? Long.toString(this.number) : "{" + property(path) + "}";
	}

	private String property(JsonPointer path) {
		StringBuilder name = new StringBuilder();
		JsonStringEncoder.getInstance().quoteAsString(path.getMatchingProperty(), name);
		return "\"" + name + "\":" + missing(path.tail());
	}

	private IllegalArgumentException noRoom() {
		return new IllegalArgumentException("the JSON has no room for a number at '" + this.pointer + "'");
	}

	/**
	 * Characters to put in the place of others.
	 *
	 * @param begin where those begin that go
	 * @param end where those end that go
	 * @param text what comes
	 */
	private record Change(int begin, int end, String text) {
	}

}
