package dev.opskit.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.testkit.rules.RuleResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be looked at is a finding or a skip with its reason, and never kept in silence. */
class BadInputTest {
  @TempDir Path folder;

  @Test
  void whatIsNotThereIsAFindingAndTheRulesOfItAreSkipped() {
    RuleReport report =
        OpsRules.forService()
            .dockerfile(folder.resolve("Dockerfile"))
            .manifests(folder.resolve("k8s"))
            .running(
                () -> {
                  throw new IllegalStateException("the port is taken");
                })
            .evaluate();
    assertEquals(
        Map.of(
            "dockerfile.readable", folder.resolve("Dockerfile") + ": does not exist",
            "kubernetes.readable",
                folder.resolve("k8s") + ": " + folder.resolve("k8s") + " does not exist",
            "running.starts",
                "the service: does not start: java.lang.IllegalStateException: the port is taken"),
        report.broken().stream()
            .collect(Collectors.toMap(RuleResult::id, one -> one.findings().get(0).toString())));
    assertNothingIsKeptUnseen(report);
  }

  @Test
  void whatWasNotNamedIsSkippedAndSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    RuleReport report = OpsRules.forService().dockerfile(file).evaluate();
    for (RuleResult result : report.results()) {
      if (!result.id().startsWith("dockerfile.")) {
        assertEquals(Verdict.SKIPPED, result.verdict(), result.id());
        assertTrue(result.reason().contains("named: OpsRules."), result.reason());
      }
    }
  }

  @Test
  void anEmptyFolderAndAFileOfSomethingElseAreFindings() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertEquals(
        "there is no manifest here",
        broken(OpsRules.forService().manifests(empty), "kubernetes.readable"));
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertEquals(
        "is no UTF-8", broken(OpsRules.forService().manifests(binary), "kubernetes.readable"));
    Path dockerfile = Files.write(folder.resolve("Dockerfile"), new byte[] {(byte) 0xff, 1});
    assertTrue(
        broken(OpsRules.forService().dockerfile(dockerfile), "dockerfile.readable")
            .startsWith("cannot be read"));
  }

  @Test
  void aRolloutOfNothingAndAJobAloneAreSkippedWithTheReason() throws IOException {
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {}}}");
    RuleReport report = OpsRules.forService().manifests(job).evaluate();
    assertEquals("there is no Rollout", result(report, "kubernetes.rollout").reason());
    assertEquals(
        "nothing in the manifests runs for ever", result(report, "kubernetes.probes").reason());
  }

  @Test
  void aWrongOptionIsNamed() {
    assertEquals(
        "nothing was named to look at: call classes, dockerfile, manifests or running",
        refusal(OpsRules.forService()));
    OpsRules rules = OpsRules.forService().dockerfile(folder);
    assertTrue(
        refusal(rules.except("docker.user", "because of reasons"))
            .startsWith("except('docker.user'): there is no such rule, only [code."));
    assertEquals(
        "except('dockerfile.user'): the reason is 'no', must be at least 10 characters",
        refusal(OpsRules.forService().dockerfile(folder).except("dockerfile.user", "no")));
    assertEquals(
        "leaveOut('a'): the reason is '', must be at least 10 characters",
        refusal(OpsRules.forService().dockerfile(folder).leaveOut("a", "")));
    assertEquals(
        "there are no classes in [com.example.absent][]",
        refusal(OpsRules.forService().classes("com.example.absent")));
  }

  @Test
  void theLevelDecidesWhetherATestFailsAndTheServiceIsClosedOnce() throws IOException {
    Path pod =
        Files.writeString(
            folder.resolve("pod.yaml"),
            "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: []}}");
    AtomicInteger closed = new AtomicInteger();
    OpsRules rules =
        OpsRules.forService()
            .manifests(pod)
            .running(() -> RunningService.of(closed::incrementAndGet))
            .except("kubernetes.mesh", "the cluster has no mesh");
    RuleReport report = rules.evaluate();
    assertEquals(1, closed.get());
    assertThrows(AssertionError.class, test(report, "MUST running.scrape"));
    assertThrows(RuntimeException.class, test(report, "SHOULD kubernetes.default-deny"));
    assertThrows(RuntimeException.class, test(report, "SHOULD kubernetes.mesh"));
    assertThrows(
        AssertionError.class, test(rules.strict().evaluate(), "SHOULD kubernetes.default-deny"));
    assertTrue(
        report.markdown().contains("| `kubernetes.mesh` | SHOULD | off: the cluster has no"));
    assertTrue(report.text().contains("mend: Set prometheus.io/scrape"), report::text);
  }

  private static void assertNothingIsKeptUnseen(RuleReport report) {
    assertEquals(
        List.of(),
        report.results().stream()
            .filter(
                one ->
                    one.verdict() == Verdict.KEPT
                        || (one.verdict() == Verdict.SKIPPED && one.reason().isBlank()))
            .toList());
  }

  private static String broken(OpsRules rules, String id) {
    return result(rules.evaluate(), id).findings().get(0).what();
  }

  private static RuleResult result(RuleReport report, String id) {
    return report.results().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private static String refusal(OpsRules rules) {
    return assertThrows(IllegalArgumentException.class, rules::evaluate).getMessage();
  }

  private static Executable test(RuleReport report, String name) {
    return report
        .tests()
        .filter(test -> test.getDisplayName().equals(name))
        .map(DynamicTest::getExecutable)
        .findFirst()
        .orElseThrow();
  }
}
