package dev.opskit.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SpiTest {
  private static final Set<String> NAMED_IN_THE_PLAN =
      Set.of(
          "dev.opskit.core.health.HealthCheck",
          "dev.opskit.core.alert.AlertSink",
          "dev.opskit.core.http.OpsEndpoint",
          "dev.opskit.core.http.RequestObserver",
          "dev.opskit.core.maintenance.MaintenanceMode",
          "dev.opskit.secrets.SecretProvider",
          "dev.opskit.backup.BackupStrategy",
          "dev.opskit.backup.BackupStore",
          "dev.opskit.backup.ScratchStrategy",
          "dev.opskit.backup.SwappingStrategy",
          "dev.opskit.backup.InPlaceStrategy",
          "dev.opskit.backup.PreflightStrategy",
          "dev.opskit.backup.RecoveryStep",
          "dev.opskit.backup.KeyProvider");

  private static final ArchRule AN_SPI_HAS_ONE_TO_FOUR_METHODS =
      classes()
          .that(describe("can be implemented by others", SpiTest::isSpi))
          .should(
              Conditions.satisfy(
                  "have one to four methods", type -> methods(type) >= 1 && methods(type) <= 4));

  @Test
  void anSpiHasOneToFourMethods() {
    House.assertHolds(AN_SPI_HAS_ONE_TO_FOUR_METHODS);
  }

  @Test
  void emptyAndLargeInterfacesAreRejected() {
    House.assertRejects(AN_SPI_HAS_ONE_TO_FOUR_METHODS, "spi");
  }

  @Test
  void theInterfacesOfThePlanAreAmongThem() {
    Set<String> missing = new TreeSet<>(NAMED_IN_THE_PLAN);
    House.published().stream()
        .filter(SpiTest::isSpi)
        .map(JavaClass::getName)
        .forEach(missing::remove);
    assertEquals(Set.of(), missing);
  }

  private static boolean isSpi(JavaClass type) {
    return type.isInterface()
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && !type.isAnnotation()
        && !type.reflect().isSealed()
        // The contracts of the test kit are interfaces full of tests.
        && !type.getPackageName().startsWith("dev.opskit.testkit");
  }

  private static long methods(JavaClass type) {
    return type.getMethods().stream()
        .map(method -> method.getModifiers())
        .filter(m -> !m.contains(JavaModifier.STATIC) && !m.contains(JavaModifier.PRIVATE))
        .filter(m -> !m.contains(JavaModifier.SYNTHETIC))
        .count();
  }
}
