package io.github.websocketresilience.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a named connection inherits, for every key there is.
 */
class InheritanceTests {

	private static final Keys KEYS = Keys.of(ConnectionProperties.class);

	@ParameterizedTest
	@MethodSource("policies")
	void policyIsInheritedUnlessTheConnectionHasItsOwn(Key key) {
		Sample sample = Sample.of(key);
		String own = "connections.my-feed.";
		Object inherited = named(key, Environments.of(sample.first()));
		assertThat(inherited).isEqualTo(topLevel(key, Environments.of(sample.first()))).isNotEqualTo(usual(key));
		assertThat(named(key, Environments.of(sample.first(), own + sample.second())))
			.isEqualTo(topLevel(key, Environments.of(sample.second())))
			.isNotEqualTo(inherited);
		assertThat(named(key, Environments.of(sample.first(), own + key.name() + "="))).isEqualTo(usual(key));
	}

	@ParameterizedTest
	@MethodSource("policies")
	void connectionOpenedAtRunTimeInheritsThePolicyToo(Key key) {
		Environment environment = Environments.of(Sample.of(key).first());
		ConnectionProperties properties = PropertyReader.topLevel(environment)
			.policy(KEYS)
			.bind(ConnectionProperties.class);
		assertThat(value(key, properties)).isEqualTo(topLevel(key, environment));
	}

	@ParameterizedTest
	@MethodSource("ofServers")
	void whatBelongsToOneServerIsNotInherited(Key key) {
		Environment environment = Environments.of(Sample.of(key).first());
		assertThat(topLevel(key, environment)).isNotEqualTo(usual(key));
		assertThat(named(key, environment)).isEqualTo(usual(key));
		ConnectionProperties policy = PropertyReader.topLevel(environment)
			.policy(KEYS)
			.bind(ConnectionProperties.class);
		assertThat(value(key, policy)).isEqualTo(usual(key));
	}

	@ParameterizedTest
	@MethodSource("ofServers")
	void whatBelongsToOneServerMayBeWrittenForIt(Key key) {
		String property = Sample.of(key).first();
		assertThat(named(key, Environments.of("connections.my-feed." + property)))
			.isEqualTo(topLevel(key, Environments.of(property)));
	}

	@Test
	void everyKeyOfAConnectionIsPolicyOrBelongsToAServer() {
		assertThat(Stream.concat(policies(), ofServers())).hasSameSizeAs(KEYS.all());
		assertThat(policies()).isNotEmpty();
		assertThat(ofServers()).isNotEmpty();
	}

	static Stream<Key> policies() {
		return KEYS.all().stream().filter((key) -> key.owner() == Owner.POLICY);
	}

	static Stream<Key> ofServers() {
		return KEYS.all().stream().filter((key) -> key.owner() == Owner.SERVER);
	}

	private static Object usual(Key key) {
		return topLevel(key, Environments.of());
	}

	private static Object topLevel(Key key, Environment environment) {
		return value(key, PropertyReader.topLevel(environment).bind(ConnectionProperties.class));
	}

	private static Object named(Key key, Environment environment) {
		return value(key,
				PropertyReader.topLevel(environment).connection("my-feed", KEYS).bind(ConnectionProperties.class));
	}

	private static Object value(Key key, Record properties) {
		List<Object> path = new ArrayList<>(List.of(properties));
		for (String element : key.name().toString().split("\\.")) {
			path.add(component(element, (Record) path.get(path.size() - 1)));
		}
		return path.get(path.size() - 1);
	}

	private static Object component(String element, Record group) {
		try {
			for (RecordComponent component : group.getClass().getRecordComponents()) {
				if (DataObjectPropertyName.toDashedForm(component.getName()).equals(element)) {
					component.getAccessor().setAccessible(true);
					Object value = component.getAccessor().invoke(group);
					return (value == null || "".equals(value)) ? "(not set)" : value;
				}
			}
			throw new IllegalArgumentException(element);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Two different values of a key, neither of which is its default.
	 *
	 * @param first a property
	 * @param second a property
	 */
	record Sample(String first, String second) {

		static Sample of(Key key) {
			String name = key.name().toString();
			return switch (key.shape()) {
				case MAP -> new Sample(name + ".a=1", name + ".a=2");
				case RECORDS -> new Sample(name + "[0]." + key.elements().all().get(0).name() + "=1", name + "[0]=");
				case LIST -> of(name + "[0]=", key.type(), name);
				case SCALAR -> of(name + "=", key.type(), name);
			};
		}

		private static Sample of(String begin, Class<?> type, String name) {
			if (type == boolean.class) {
				boolean usual = (boolean) usual(KEYS.all()
					.stream()
					.filter((key) -> key.name().toString().equals(name))
					.findFirst()
					.orElseThrow());
				return new Sample(begin + !usual, begin + usual);
			}
			if (type.isEnum()) {
				// The first constant is the default of all
				Object[] constants = type.getEnumConstants();
				return new Sample(begin + constants[constants.length - 1], begin + constants[0]);
			}
			String unit = (type == Duration.class) ? "s" : (type == DataSize.class) ? "KB" : "";
			return new Sample(begin + "7" + unit, begin + "9" + unit);
		}

	}

}
