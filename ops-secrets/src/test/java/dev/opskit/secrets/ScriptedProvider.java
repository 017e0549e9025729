package dev.opskit.secrets;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers as the test says, and never before it has said anything. */
final class ScriptedProvider implements SecretProvider {
  final AtomicInteger calls = new AtomicInteger();
  volatile SecretProvider answer =
      ref -> {
        throw new AssertionError("nobody told what " + ref + " is");
      };

  @Override
  public SecretValue fetch(SecretRef ref) {
    calls.incrementAndGet();
    return answer.fetch(ref);
  }

  void gives(String version, String value) {
    answer = ref -> value(ref, version, value);
  }

  void isUnavailable() {
    answer =
        ref -> {
          throw new SecretException.Unavailable(ref, "HTTP 503");
        };
  }

  void denies() {
    answer =
        ref -> {
          throw new SecretException.AccessDenied(ref, "no such right");
        };
  }

  void hasNone() {
    answer =
        ref -> {
          throw new SecretException.NotFound(ref, "no such secret");
        };
  }

  static SecretValue value(SecretRef ref, String version, String value) {
    return SecretValue.take(ref, version, value.getBytes(StandardCharsets.UTF_8));
  }
}
