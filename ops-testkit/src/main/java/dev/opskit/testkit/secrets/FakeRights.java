package dev.opskit.testkit.secrets;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what: everything but what was denied. */
final class FakeRights {
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  void deny(String operation) {
    denied.add(operation);
  }

  void deny(String operation, String secret) {
    denied.add(operation + " " + secret);
  }

  void grantAll() {
    denied.clear();
  }

  void require(String operation, Collection<String> secrets) {
    if (denied.contains(operation)
        || secrets.stream().anyMatch(secret -> denied.contains(operation + " " + secret))) {
      throw new AwsError(
          400,
          "AccessDeniedException",
          "User: arn:aws:sts::000000000000:assumed-role/test is not authorized to perform:"
              + " secretsmanager:"
              + operation
              + " because no identity-based policy allows the action");
    }
  }
}
