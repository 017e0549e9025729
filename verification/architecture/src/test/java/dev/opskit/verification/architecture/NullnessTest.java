package dev.opskit.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class NullnessTest {
  private static final Set<String> ANNOTATIONS =
      Set.of("Nullable", "CheckForNull", "NonNull", "Nonnull", "NotNull", "NonNullApi");

  private static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes()
          .should(
              Conditions.satisfy(
                  "lie in a package that is @NullMarked",
                  type -> type.getPackage().isAnnotatedWith(NullMarked.class)));

  private static final ArchRule NULLNESS_IS_SAID_WITH_JSPECIFY =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackage("org.jspecify..")
                  .and(
                      describe(
                          "are nullness annotations",
                          (JavaClass type) -> ANNOTATIONS.contains(type.getSimpleName()))));

  @Test
  void everyPackageIsNullMarked() {
    House.assertHolds(EVERY_PACKAGE_IS_NULL_MARKED);
  }

  @Test
  void anUnmarkedPackageIsRejected() {
    House.assertRejects(EVERY_PACKAGE_IS_NULL_MARKED, "unmarked");
  }

  @Test
  void nullnessIsSaidWithJSpecify() {
    House.assertHolds(NULLNESS_IS_SAID_WITH_JSPECIFY);
  }

  @Test
  void otherNullnessAnnotationsAreRejected() {
    House.assertRejects(NULLNESS_IS_SAID_WITH_JSPECIFY, "nullness");
  }
}
