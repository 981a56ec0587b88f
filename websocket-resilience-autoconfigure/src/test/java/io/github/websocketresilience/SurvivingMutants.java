package io.github.websocketresilience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Mutants that no test caught, by method and change, and how many there are of each.
 * Neither line numbers nor the numbers of lambdas count: they move.
 */
final class SurvivingMutants {

	private static final Pattern ROW = Pattern
		.compile("\\| `(?<method>[^`]+)` \\| (?<change>[^|]+) \\| (?<count>\\d+) \\| \\S[^|]* \\|");

	private SurvivingMutants() {
	}

	/**
	 * Read them from PIT's report.
	 * @param report its {@code mutations.xml}
	 */
	static SortedMap<String, Integer> reported(Path report)
			throws IOException, ParserConfigurationException, SAXException {
		SortedMap<String, Integer> result = new TreeMap<>();
		NodeList mutants = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(report.toFile())
			.getElementsByTagName("mutation");
		for (int i = 0; i < mutants.getLength(); i++) {
			Element mutant = (Element) mutants.item(i);
			if (!Boolean.parseBoolean(mutant.getAttribute("detected"))) {
				result.merge(described(mutant), 1, Integer::sum);
			}
		}
		return result;
	}

	/**
	 * Read them from the page that explains them. A row without a reason is none.
	 * @param page with one chapter a class, one row a change
	 */
	static SortedMap<String, Integer> explained(Path page) throws IOException {
		SortedMap<String, Integer> result = new TreeMap<>();
		String type = "";
		for (String line : Files.readAllLines(page)) {
			Matcher row = ROW.matcher(line);
			if (line.startsWith("## `")) {
				type = line.substring(4, line.lastIndexOf('`'));
			}
			else if (row.matches()) {
				result.merge(type + "." + row.group("method") + ": " + row.group("change"),
						Integer.parseInt(row.group("count")), Integer::sum);
			}
		}
		return result;
	}

	private static String described(Element mutant) {
		String type = text(mutant, "mutatedClass");
		String method = text(mutant, "mutatedMethod").replaceAll("^lambda\\$(.+)\\$\\d+$", "$1")
			.replace("<init>", "new")
			.replace("<clinit>", "static");
		String change = text(mutant, "description").replaceFirst(" for \\S+::\\S+$", "")
			.replaceAll("[\\w/]+/([\\w$]+)", "$1");
		return (type.substring(type.lastIndexOf('.') + 1) + "." + method + ": " + change).replace('$', '.');
	}

	private static String text(Element mutant, String name) {
		return mutant.getElementsByTagName(name).item(0).getTextContent();
	}

}
