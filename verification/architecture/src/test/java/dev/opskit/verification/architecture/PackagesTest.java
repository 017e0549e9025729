package dev.opskit.verification.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackagesTest {
  @Test
  void packagesAreFreeOfCycles() {
    House.assertHolds(freeOfCycles("dev.opskit"));
  }

  @Test
  void aCycleIsRejected() {
    ArchRule rule = freeOfCycles(House.seededName("cycle"));
    String report = rule.evaluate(House.seeded("cycle")).getFailureReport().toString();
    assertTrue(report.contains("Slice hen"), report);
    assertTrue(report.contains("Slice egg"), report);
  }

  @Test
  void anArtifactOwnsOneRootPackageAndNoPackageIsInTwoJars() {
    Map<String, List<String>> packages = new TreeMap<>();
    for (PublishedModule module : PublishedModule.all()) {
      packages.put(module.rootPackage(), module.packages());
    }
    assertEquals(List.of(), Ownership.strangers(packages));
  }

  @Test
  void aPackageOutsideItsArtifactsRootIsRejected() {
    Map<String, List<String>> packages =
        Map.of(
            "a.secrets", List.of("a.secrets", "a.secrets.cache", "a.health"),
            "a.secrets.aws", List.of("a.secrets.aws", "a.secrets", "a.secretsaws"));
    assertEquals(
        List.of(
            "a.health is in the jar of a.secrets",
            "a.secrets is in the jar of a.secrets.aws",
            "a.secretsaws is in the jar of a.secrets.aws"),
        Ownership.strangers(packages));
  }

  @Test
  void aPackageBelowAnotherArtifactsRootIsRejected() {
    Map<String, List<String>> packages =
        Map.of("a.secrets", List.of("a.secrets.aws.sts"), "a.secrets.aws", List.of());
    assertEquals(
        List.of("a.secrets.aws.sts is in the jar of a.secrets"), Ownership.strangers(packages));
  }

  @Test
  void theModuleNameIsTheRootPackage() {
    for (PublishedModule module : PublishedModule.all()) {
      assertEquals(module.rootPackage(), module.moduleName(), module.artifact());
    }
  }

  private static ArchRule freeOfCycles(String root) {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }
}
