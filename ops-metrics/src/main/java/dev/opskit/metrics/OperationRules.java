package dev.opskit.metrics;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a declaration must keep to, in words that say how to mend it. */
final class OperationRules {
  static final List<Duration> BUCKETS =
      Stream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000).map(Duration::ofMillis).toList();

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private OperationRules() {}

  static void checkName(String name, String help) {
    if (!NAME.matcher(name).matches() || name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "operation name '%s' must be snake case without _total, like orders_processed"
              .formatted(name));
    }
    checkHelp("operation", name, help);
  }

  static void checkHelp(String kind, String name, String help) {
    if (help.isBlank()) {
      throw new IllegalArgumentException("%s '%s' needs a help text".formatted(kind, name));
    }
  }

  static boolean isSnakeCase(String name) {
    return NAME.matcher(name).matches();
  }

  static void check(OperationSpec spec, Map<Class<? extends Throwable>, String> failures) {
    String name = spec.name();
    for (String outcome : spec.outcomes()) {
      if (!isSnakeCase(outcome)) {
        throw new IllegalArgumentException(
            "outcome '%s' of operation '%s' must be snake case".formatted(outcome, name));
      }
    }
    for (String outcome : spec.bad()) {
      checkDeclared("bad outcome", outcome, spec);
    }
    if (spec.bad().contains(spec.outcomes().get(0))) {
      throw new IllegalArgumentException(
          "'%s' is the normal outcome of operation '%s' and cannot be bad"
              .formatted(spec.outcomes().get(0), name));
    }
    failures.forEach(
        (type, outcome) -> checkDeclared("outcome of " + type.getSimpleName(), outcome, spec));
    Buckets.check("buckets of operation '%s':".formatted(name), spec.buckets());
    for (Slo slo : spec.slos()) {
      if (slo instanceof Slo.Latency latency && !spec.buckets().contains(latency.bound())) {
        throw new IllegalArgumentException(
            "latency objective of operation '%s': %s is none of the buckets %s"
                .formatted(name, latency.bound(), spec.buckets()));
      }
    }
  }

  private static void checkDeclared(String what, String outcome, OperationSpec spec) {
    if (!spec.outcomes().contains(outcome)) {
      throw new IllegalArgumentException(
          "%s '%s' of operation '%s' is not among the outcomes %s"
              .formatted(what, outcome, spec.name(), spec.outcomes()));
    }
  }

  static void checkNotShadowed(
      String name, Set<Class<? extends Throwable>> earlier, Class<? extends Throwable> type) {
    for (Class<? extends Throwable> broad : earlier) {
      if (broad.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "on(%s) of operation '%s' never counts, as on(%s) comes first; put it before that"
                .formatted(type.getSimpleName(), name, broad.getSimpleName()));
      }
    }
  }

  static List<String> distinct(String first, String... more) {
    Set<String> all = new LinkedHashSet<>();
    all.add(first);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
