package dev.opskit.testkit.secrets;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Which call is to go wrong. Thread-safe. */
final class FakeFaults {
  private static final String ANY = "*";

  private final Queue<SecretsManagerFault> next = new ArrayDeque<>();
  private final Map<String, SecretsManagerFault> standing = new HashMap<>();

  synchronized void next(Collection<SecretsManagerFault> faults) {
    next.addAll(faults);
  }

  synchronized void always(SecretsManagerFault fault) {
    standing.put(ANY, fault);
  }

  synchronized void always(String operation, SecretsManagerFault fault) {
    standing.put(operation, fault);
  }

  synchronized void heal() {
    next.clear();
    standing.clear();
  }

  synchronized Optional<SecretsManagerFault> take(String operation) {
    SecretsManagerFault first = next.poll();
    if (first != null) {
      return Optional.of(first);
    }
    SecretsManagerFault own = standing.get(operation);
    return Optional.ofNullable(own == null ? standing.get(ANY) : own);
  }

  /** What a call gets that does not take effect at all. */
  static Optional<AwsAnswer> instead(@Nullable SecretsManagerFault fault) {
    if (fault instanceof SecretsManagerFault.Error error) {
      var sent = new AwsError(error.status(), error.code(), "the test wanted it so");
      return Optional.of(AwsAnswer.of(sent));
    } else if (fault instanceof SecretsManagerFault.Throttled) {
      return Optional.of(AwsAnswer.of(new AwsError(400, "ThrottlingException", "Rate exceeded")));
    } else if (fault instanceof SecretsManagerFault.Raw raw) {
      return Optional.of(AwsAnswer.raw(raw.status(), raw.body()));
    }
    return Optional.empty();
  }
}
