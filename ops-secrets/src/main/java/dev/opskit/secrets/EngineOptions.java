package dev.opskit.secrets;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What a builder has made of its options; does not change with it any more. */
record EngineOptions(
    SecretProvider provider,
    SecretPolicy policy,
    Map<SecretRef, SecretPolicy> policies,
    SensitiveValues sensitive,
    TimeSource time,
    DoubleSupplier random,
    int perSecond,
    int burst,
    boolean leakCheck) {

  SecretPolicy policyOf(SecretRef ref) {
    return policies.getOrDefault(ref, policy);
  }
}
