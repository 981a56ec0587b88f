package io.github.websocketresilience;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.jspecify.annotations.NullMarked;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The rooms of this module and the walls between them: who may import whom, and what the
 * engine must not call. A package that is not listed here is not allowed to exist.
 */
final class Rooms {

	static final String BASE = "io.github.websocketresilience";

	static final List<String> NAMES = List.of("engine", "transport", "messaging", "security", "metrics", "observation",
			"logging", "health", "actuate.endpoint", "autoconfigure");

	private static final Set<String> JAVA_BASE = exportedPackages((module) -> module.equals("java.base"));

	private static final Set<String> JDK = exportedPackages((module) -> module.startsWith("java."));

	private static final String TOMCAT = "org.apache.tomcat.websocket..";

	private static final String SLF4J = "org.slf4j..";

	private Rooms() {
	}

	static Map<String, ArchRule> rules() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("api", imports("", JAVA_BASE));
		rules.put("engine", imports("engine", JAVA_BASE, BASE));
		rules.put("transport",
				imports("transport", JDK, BASE, room("engine"), SLF4J, "org.springframework.web.socket..",
						"org.springframework.http..", "org.springframework.core..", "org.springframework.util..",
						"jakarta.websocket..", TOMCAT));
		rules.put("messaging", imports("messaging", JDK, BASE, SLF4J, "org.springframework.context..",
				"org.springframework.messaging..", "org.springframework.core..", "org.springframework.aot.hint..",
				"org.springframework.beans..", "org.springframework.aop..", "org.springframework.stereotype..",
				"org.springframework.util..", "tools.jackson..", "com.fasterxml.jackson.annotation.."));
		rules.put("security",
				imports("security", JDK, BASE, SLF4J, "org.springframework.security.oauth2..",
						"org.springframework.security.core..", "org.springframework.security.authentication..",
						"org.springframework.core..", "org.springframework.util.."));
		rules.put("metrics", imports("metrics", JDK, BASE, SLF4J, "io.micrometer.."));
		rules.put("observation", imports("observation", JDK, BASE, SLF4J, "io.micrometer.."));
		rules.put("logging", imports("logging", JDK, BASE, SLF4J));
		rules.put("health", imports("health", JDK, BASE, SLF4J, "org.springframework.boot.health.."));
		rules.put("actuate.endpoint",
				imports("actuate.endpoint", JDK, BASE, SLF4J, "org.springframework.boot.actuate.endpoint.."));
		rules.put("autoconfigure", imports("autoconfigure", JDK, BASE + "..", SLF4J, "org.springframework..",
				"io.micrometer..", "tools.jackson..", "com.fasterxml.jackson.annotation..", "jakarta.websocket.."));
		rules.put("no other room", noOtherRoom());
		rules.put("null-marked", nullMarked());
		rules.put("one Tomcat class", oneTomcatClass());
		rules.put("engine: time, chance and threads", engineAsksItsPorts());
		rules.put("engine: no thread", engineTouchesNoThread());
		rules.put("engine: no monitor", engineHoldsNoMonitor());
		rules.put("auto-configuration: public final", autoConfigurationsArePublicAndFinal());
		rules.put("auto-configuration: bean methods", beanMethodsArePackagePrivate());
		return rules;
	}

	private static ArchRule imports(String room, Set<String> platform, String... others) {
		DescribedPredicate<JavaClass> allowed = resideIn(others).or(resideIn(room(room), "org.jspecify.annotations.."))
			.or(residesInOneOf(platform))
			.as("belong to what this room may import");
		return ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(room(room))
			.should()
			.onlyDependOnClassesThat(allowed)
			.allowEmptyShould(true);
	}

	private static ArchRule noOtherRoom() {
		String[] rooms = Stream.concat(Stream.of(""), NAMES.stream()).map(Rooms::room).toArray(String[]::new);
		return ArchRuleDefinition.classes().should().resideInAnyPackage(rooms).allowEmptyShould(true);
	}

	private static ArchRule nullMarked() {
		return ArchRuleDefinition.classes()
			.should(condition("live in a null-marked package",
					(type) -> type.getPackage()
						.tryGetPackageInfo()
						.filter((info) -> info.isAnnotatedWith(NullMarked.class))
						.isPresent()))
			.allowEmptyShould(true);
	}

	private static ArchRule oneTomcatClass() {
		return ArchRuleDefinition.classes().should(new OneTopLevelClass(TOMCAT)).allowEmptyShould(true);
	}

	private static ArchRule engineAsksItsPorts() {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(room("engine"))
			.should()
			.accessTargetWhere(calls(System.class, "nanoTime", "currentTimeMillis").or(calls(Math.class, "random"))
				.or(calls(Instant.class, "now"))
				.or(calls(Clock.class, "system.*", "tick.*"))
				.or(calls(Executors.class, ".*"))
				.or(calls(ThreadLocalRandom.class, ".*"))
				.or(calls(CompletionStage.class, ".*Async", "orTimeout", "completeOnTimeout", "delayedExecutor"))
				.as("clock, chance or thread is not a port's"))
			.allowEmptyShould(true);
	}

	/**
	 * The serial executor has to know who is inside it; it may hold a thread and ask
	 * which one is running, no more.
	 */
	private static ArchRule engineTouchesNoThread() {
		return ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(room("engine"))
			.should(condition("leave threads to the workers",
					(type) -> topLevelName(type).equals(BASE + ".engine.SerialExecutor")
							? type.getAccessesFromSelf()
								.stream()
								.filter((access) -> isThread(access.getTargetOwner()))
								.allMatch((access) -> access.getName().equals("currentThread"))
									&& type.getAllRawSuperclasses().stream().noneMatch(Rooms::isThread)
							: type.getDirectDependenciesFromSelf()
								.stream()
								.noneMatch((dependency) -> isThread(dependency.getTargetClass()))))
			.allowEmptyShould(true);
	}

	private static ArchRule engineHoldsNoMonitor() {
		return ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(room("engine"))
			.should(condition("not be synchronized",
					(type) -> type.getMethods()
						.stream()
						.noneMatch((method) -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
							&& !entersMonitor(type)))
			.allowEmptyShould(true);
	}

	private static ArchRule autoConfigurationsArePublicAndFinal() {
		return ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.allowEmptyShould(true);
	}

	private static ArchRule beanMethodsArePackagePrivate() {
		return ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.allowEmptyShould(true);
	}

	/** The API is its package alone; every other room includes what is below it. */
	private static String room(String name) {
		return name.isEmpty() ? BASE : BASE + "." + name + "..";
	}

	private static DescribedPredicate<JavaClass> resideIn(String... packages) {
		return DescribedPredicate.describe("reside in " + Arrays.toString(packages),
				(type) -> JavaClass.Predicates.resideInAnyPackage(packages).test(type.getBaseComponentType()));
	}

	private static DescribedPredicate<JavaClass> residesInOneOf(Set<String> packages) {
		return DescribedPredicate.describe("belong to the JDK", (type) -> type.getBaseComponentType().isPrimitive()
				|| packages.contains(type.getBaseComponentType().getPackageName()));
	}

	/** Method references count as well as calls. */
	private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... names) {
		return DescribedPredicate.describe(owner.getSimpleName(),
				(access) -> access.getTargetOwner().isAssignableTo(owner)
						&& Arrays.stream(names).anyMatch(access.getName()::matches));
	}

	private static ArchCondition<JavaClass> condition(String description, Predicate<JavaClass> test) {
		return new ArchCondition<>(description) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				events.add(new SimpleConditionEvent(type, test.test(type),
						"Class <%s> must %s".formatted(type.getName(), description)));
			}

		};
	}

	private static boolean isThread(JavaClass type) {
		String name = type.getBaseComponentType().getName();
		return name.equals("java.lang.Thread") || name.startsWith("java.lang.Thread$");
	}

	private static String topLevelName(JavaClass type) {
		return type.getEnclosingClass().map(Rooms::topLevelName).orElse(type.getName());
	}

	/** ArchUnit sees the modifier but not the block, so this reads the byte code. */
	private static boolean entersMonitor(JavaClass type) {
		URI file = type.getSource().orElseThrow().getUri();
		AtomicBoolean found = new AtomicBoolean();
		try (InputStream bytes = file.toURL().openStream()) {
			new ClassReader(bytes).accept(new MonitorFinder(found), ClassReader.SKIP_DEBUG);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found.get();
	}

	private static Set<String> exportedPackages(Predicate<String> modules) {
		return ModuleFinder.ofSystem()
			.findAll()
			.stream()
			.map(ModuleReference::descriptor)
			.filter((module) -> modules.test(module.name()))
			.flatMap((module) -> module.exports().stream())
			.filter((exports) -> !exports.isQualified())
			.map(ModuleDescriptor.Exports::source)
			.collect(Collectors.toSet());
	}

	/**
	 * A library that may be absent is named by one class, which is loaded only when the
	 * library is there.
	 */
	private static final class OneTopLevelClass extends ArchCondition<JavaClass> {

		private final DescribedPredicate<JavaClass> library;

		private Set<String> users = Set.of();

		OneTopLevelClass(String library) {
			super("be the only class that imports " + library);
			this.library = resideIn(library);
		}

		@Override
		public void init(Collection<JavaClass> types) {
			this.users = types.stream().filter(this::uses).map(Rooms::topLevelName).collect(Collectors.toSet());
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			events.add(new SimpleConditionEvent(type, !uses(type) || this.users.size() == 1,
					"Class <%s> is one of %s".formatted(type.getName(), this.users)));
		}

		private boolean uses(JavaClass type) {
			return type.getDirectDependenciesFromSelf()
				.stream()
				.anyMatch((dependency) -> this.library.test(dependency.getTargetClass()));
		}

	}

	private static final class MonitorFinder extends ClassVisitor {

		private final AtomicBoolean found;

		MonitorFinder(AtomicBoolean found) {
			super(SpringAsmInfo.ASM_VERSION);
			this.found = found;
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {

				@Override
				public void visitInsn(int opcode) {
					if (opcode == Opcodes.MONITORENTER) {
						MonitorFinder.this.found.set(true);
					}
				}

			};
		}

	}

}
