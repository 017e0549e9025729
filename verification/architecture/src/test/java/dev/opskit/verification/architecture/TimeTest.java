package dev.opskit.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeTest {
  private static final Set<String> CLOCKS_AND_SLEEPS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.util.Date.<init>",
          "java.util.Calendar.getInstance");

  // Accesses, not calls: a method reference reads the clock just as well.
  private static final ArchRule ONLY_THE_TIME_SOURCE_READS_A_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.opskit.core.time")
          .should()
          .accessTargetWhere(
              describe(
                  "the target reads a clock or sleeps",
                  access -> readsAClockOrSleeps(access.getTarget())));

  @Test
  void onlyTheTimeSourceReadsAClock() {
    House.assertHolds(ONLY_THE_TIME_SOURCE_READS_A_CLOCK);
  }

  @Test
  void everyOtherClockAndEverySleepIsRejected() {
    House.assertRejects(ONLY_THE_TIME_SOURCE_READS_A_CLOCK, "time");
  }

  private static boolean readsAClockOrSleeps(AccessTarget target) {
    String name = target.getName();
    return CLOCKS_AND_SLEEPS.contains(target.getOwner().getName() + "." + name)
        || (target.getOwner().getPackageName().equals("java.time")
            && (name.equals("now") || name.startsWith("system") || name.startsWith("tick")));
  }
}
