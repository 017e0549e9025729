package dev.opskit.verification.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may know whom. What is not written here is not allowed: a feature that knows another one, a
 * technology outside its room, a leaf that anybody imports.
 */
final class PlanOfTheRooms {
  static final List<Room> ROOMS =
      List.of(
          new Room("core"),
          new Room("core.http.jdk")
              .knowing("core")
              .using("com.sun.net.httpserver", "java.net.http"),
          new Room("logging").knowing("core").using("ch.qos.logback"),
          new Room("metrics").knowing("core").using("io.micrometer", "io.prometheus"),
          new Room("metrics.alert").knowing("core").using("java.net.http"),
          new Room("metrics.bind")
              .knowing("core", "metrics", "metrics.alert", "logging", "secrets", "backup", "health")
              .using("io.micrometer"),
          new Room("secrets")
              .knowing("core")
              .using("com.github.benmanes", "com.fasterxml.jackson.core"),
          // What DataSource.getParentLogger has to name.
          new Room("secrets.jdbc").knowing("core", "secrets").using("java.util.logging"),
          new Room("secrets.aws").knowing("core", "secrets").using("software.amazon"),
          new Room("backup")
              .knowing("core")
              .using("com.github.luben.zstd", "com.fasterxml.jackson.core"),
          new Room("backup.postgres").knowing("core", "backup"),
          new Room("backup.s3").knowing("core", "backup").using("software.amazon"),
          // What the JVM says of itself: heap and deadlocks.
          new Room("health").knowing("core").using("java.lang.management"),
          new Room("servlet").knowing("core").using("jakarta.servlet"),
          // Joins them all for one framework, and so has to name what they take and give.
          new Room("spring.boot")
              .knowing(
                  "core",
                  "core.http.jdk",
                  "servlet",
                  "logging",
                  "metrics",
                  "metrics.bind",
                  "secrets",
                  "secrets.jdbc",
                  "backup",
                  "backup.postgres",
                  "health")
              .using(
                  "org.springframework",
                  "reactor.core",
                  "jakarta.servlet",
                  "io.micrometer.core",
                  "com.zaxxer.hikari"),
          new Room("testkit")
              .knowing("core", "logging", "metrics", "secrets", "backup", "health")
              .using("org.junit.jupiter", "com.sun.net.httpserver", "com.fasterxml.jackson.core"),
          new Room("testkit.rules")
              .knowing("core", "health")
              .using(
                  "org.junit.jupiter",
                  "com.tngtech.archunit",
                  "org.snakeyaml.engine",
                  "com.fasterxml.jackson.core"));

  /** What no dependency is needed for in any room. */
  private static final Room COMMON = new Room("").using("org.slf4j", "org.jspecify");

  /** The part of the JDK that every room may use. Its HTTP client and logging are not in it. */
  private static final Set<String> PLATFORM =
      ModuleFinder.ofSystem().findAll().stream()
          .filter(m -> Set.of("java.base", "java.sql").contains(m.descriptor().name()))
          .flatMap(m -> m.descriptor().exports().stream())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toSet());

  private PlanOfTheRooms() {}

  static ArchRule keptBelow(String root) {
    return classes()
        .should(
            new ArchCondition<JavaClass>("know only what the plan of the rooms allows") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                Optional<Room> room = roomOf(type, root);
                if (room.isEmpty()) {
                  String message = "Class <" + type.getName() + "> lies in no room";
                  events.add(SimpleConditionEvent.violated(type, message));
                }
                room.ifPresent(known -> checkDependencies(known, type, root, events));
              }
            });
  }

  private static void checkDependencies(
      Room room, JavaClass type, String root, ConditionEvents events) {
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      if (!allowed(room, dependency.getTargetClass().getBaseComponentType(), root)) {
        String message = dependency.getDescription() + ", which " + room.name() + " may not know";
        events.add(SimpleConditionEvent.violated(type, message));
      }
    }
  }

  private static boolean allowed(Room room, JavaClass target, String root) {
    String name = target.getPackageName();
    if (Room.lies(name, root)) {
      return roomOf(target, root).filter(room::mayKnow).isPresent();
    }
    return target.isPrimitive()
        || PLATFORM.contains(name)
        || COMMON.mayUse(name)
        || room.mayUse(name);
  }

  private static Optional<Room> roomOf(JavaClass type, String root) {
    String name = type.getPackageName();
    return ROOMS.stream()
        .filter(room -> Room.lies(name, root) && !name.equals(root))
        .filter(room -> room.holds(name.substring(root.length() + 1)))
        .max(Comparator.comparingInt(room -> room.name().length()));
  }
}
