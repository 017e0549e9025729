package dev.opskit.testkit.backup;

import dev.opskit.backup.Retention;
import dev.opskit.backup.RetentionPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** Each rule of {@link Retention} keeps the contract, and so do all of them together. */
class RetentionPoliciesTest {
  @Nested
  class Days implements RetentionPolicyContract {
    @Override
    public RetentionPolicy policy() {
      return Retention.days(30);
    }
  }

  @Nested
  class TheLast implements RetentionPolicyContract {
    @Override
    public RetentionPolicy policy() {
      return Retention.last(5).keepAtLeast(1);
    }
  }

  @Nested
  class Generations implements RetentionPolicyContract {
    @Override
    public RetentionPolicy policy() {
      return Retention.generations(7, 4, 12);
    }
  }

  @Nested
  class AllTogether implements RetentionPolicyContract {
    @Override
    public RetentionPolicy policy() {
      return Retention.days(14)
          .orLast(3)
          .orGenerations(0, 8, 6)
          .restorePointsFor(Duration.ofDays(5))
          .freezeWhenOlderThan(Duration.ofDays(2));
    }
  }
}
