package dev.opskit.testkit.rules;

import java.util.List;
import java.util.stream.Stream;

/** Every rule, in the order of the report. */
final class Rules {
  private Rules() {}

  static List<Rule> all() {
    return Stream.of(
            CodeRules.all(),
            DockerfileRules.all(),
            WorkloadRules.all(),
            SecretRules.all(),
            NetworkRules.all(),
            ReleaseRules.all(),
            RunningRules.all())
        .flatMap(List::stream)
        .toList();
  }
}
