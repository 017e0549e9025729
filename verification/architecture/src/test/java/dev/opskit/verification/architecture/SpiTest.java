package dev.opskit.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SpiTest {
  private static final String ROOT = "dev.opskit.";
  private static final String TESTKIT = ROOT + "testkit.";
  private static final String TEST = "org.junit.jupiter.api.Test";

  /** Which contract of the test kit holds an SPI; both below their root packages. */
  private static final Map<String, String> CONTRACTS =
      Map.ofEntries(
          entry("core.alert.AlertSink", "core.AlertSinkContract"),
          entry("core.health.HealthCheck", "core.HealthCheckContract"),
          entry("core.http.OpsEndpoint", "core.OpsEndpointContract"),
          entry("core.http.RequestObserver", "core.RequestObserverContract"),
          entry("core.maintenance.MaintenanceMode", "core.MaintenanceModeContract"),
          entry("core.time.TimeSource", "core.TimeSourceContract"),
          entry("secrets.SecretProvider", "secrets.SecretProviderContract"),
          entry("secrets.SecretType", "secrets.SecretTypeContract"),
          entry("backup.BackupStore", "backup.BackupStoreContract"),
          entry("backup.ChecksummedStore", "backup.BackupStoreContract"),
          entry("backup.BackupStrategy", "backup.BackupStrategyContract"),
          entry("backup.ScratchStrategy", "backup.LiveRestoreContract"),
          entry("backup.Scratch", "backup.LiveRestoreContract"),
          entry("backup.SwappingStrategy", "backup.LiveRestoreContract"),
          entry("backup.InPlaceStrategy", "backup.LiveRestoreContract"),
          entry("backup.PreflightStrategy", "backup.LiveRestoreContract"),
          entry("backup.GlobalsStrategy", "backup.LiveRestoreContract"),
          entry("backup.RecoveryTarget", "backup.RecoveryTargetContract"),
          entry("backup.KeyProvider", "backup.KeyProviderContract"),
          entry("backup.RecoveryStep", "backup.RecoveryStepContract"),
          entry("backup.RestoreProbe", "backup.RestoreProbeContract"),
          entry("backup.RetentionPolicy", "backup.RetentionPolicyContract"));

  /** What has no contract, and why. */
  private static final Map<String, String> WITHOUT_CONTRACT =
      Map.of(
          "core.event.Subscription", "a handle; the contract of who gives it looks at it",
          "core.health.CheckContext", "given to a check, made by the health engine",
          "backup.BackupSink", "given to a strategy, made by the backup service",
          "backup.BackupSource", "given to a strategy, made by the backup service",
          "secrets.Login", "the caller's own work; what it throws is thrown on to the caller",
          "secrets.jdbc.RotatingDataSource$Opener", "one call of a driver, whose failure is told",
          "metrics.Operation$Work", "the caller's own work; what it throws is thrown on");

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
  void everySpiHasAContractOrAReasonWhyNot() {
    assertEquals(Set.of(), faults(House.published(), CONTRACTS, WITHOUT_CONTRACT.keySet()));
  }

  @Test
  void whatHasNoContractOrOneForSomethingElseIsNamed() {
    JavaClasses seeded =
        new ClassFileImporter()
            .importPackages(House.seededName("spi"), TESTKIT.substring(0, TESTKIT.length() - 1));
    String bad = House.seededName("spi").substring(ROOT.length()) + ".";
    Map<String, String> contracts =
        Map.of(
            bad + "FiveMethods", "core.TimeSourceContract", "core.Gone", "core.TimeSourceContract");
    assertEquals(
        Set.of(
            bad + "AllowedFourMethods has no contract",
            bad + "FiveMethods is not what core.TimeSourceContract is about",
            "core.Gone is listed and is no SPI"),
        faults(seeded, contracts, Set.of(bad + "Empty")));
  }

  private static Set<String> faults(
      JavaClasses classes, Map<String, String> contracts, Set<String> without) {
    Set<String> faults = new TreeSet<>();
    Set<String> listed = new TreeSet<>(contracts.keySet());
    listed.addAll(without);
    for (JavaClass spi : classes) {
      if (isSpi(spi)) {
        String name = spi.getName().substring(ROOT.length());
        String contract = contracts.get(name);
        if (!listed.remove(name)) {
          faults.add(name + " has no contract");
        } else if (contract != null && !isAbout(classes.get(TESTKIT + contract), spi)) {
          faults.add(name + " is not what " + contract + " is about");
        }
      }
    }
    listed.forEach(name -> faults.add(name + " is listed and is no SPI"));
    return faults;
  }

  /** It has tests, and they know the SPI. */
  private static boolean isAbout(JavaClass contract, JavaClass spi) {
    return contract.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(TEST))
        && contract.getDirectDependenciesFromSelf().stream()
            .anyMatch(dependency -> dependency.getTargetClass().equals(spi));
  }

  private static boolean isSpi(JavaClass type) {
    return type.isInterface()
        && isPublic(type)
        && !type.isAnnotation()
        && !type.reflect().isSealed()
        // The contracts of the test kit are interfaces full of tests.
        && !type.getPackageName().startsWith("dev.opskit.testkit");
  }

  /** What is in an interface that is not public counts as public for the compiler alone. */
  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(SpiTest::isPublic).orElse(true);
  }

  private static long methods(JavaClass type) {
    return type.getMethods().stream()
        .map(method -> method.getModifiers())
        .filter(m -> !m.contains(JavaModifier.STATIC) && !m.contains(JavaModifier.PRIVATE))
        .filter(m -> !m.contains(JavaModifier.SYNTHETIC))
        .count();
  }
}
