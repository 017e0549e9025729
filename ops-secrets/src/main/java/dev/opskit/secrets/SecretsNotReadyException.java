package dev.opskit.secrets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Which secrets a service cannot start without and has not got, and why; never holds a value. */
public final class SecretsNotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<SecretRef, String> missing;

  SecretsNotReadyException(Map<SecretRef, String> missing) {
    super(
        missing.size()
            + " secrets are not ready: "
            + missing.values().stream().collect(Collectors.joining("; ")));
    this.missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /**
   * What is missing.
   *
   * @return why, by secret, in the order in which they were asked for
   */
  public Map<SecretRef, String> missing() {
    return missing;
  }
}
