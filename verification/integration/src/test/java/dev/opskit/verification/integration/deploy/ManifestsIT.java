package dev.opskit.verification.integration.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every manifest of the reference service, read with the model of its kind. */
class ManifestsIT {
  private static final Path DEPLOY = Path.of("../../examples/orders-service/deploy");

  @Test
  void everyObjectIsWhatItsModelKnows() throws Exception {
    Map<String, String> complaints = new TreeMap<>();
    int read = 0;
    for (Path file : manifests()) {
      for (Object document : documents(Files.readString(file))) {
        Optional<String> complaint = Strict.complaint(document);
        complaint.ifPresent(what -> complaints.put(file + " " + document, what));
        read++;
      }
    }
    System.out.printf("%d objects were read strictly%n", read);
    assertEquals(Map.of(), complaints);
    assertTrue(read >= 25, read + " objects");
  }

  @ParameterizedTest
  @CsvSource({
    "base/deployment.yaml, livenessProbe, lifenessProbe",
    "base/deployment.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
    "base/service.yaml, targetPort, target_port",
    "base/network-policies.yaml, policyTypes, policyType",
    "base/disruption-budget.yaml, maxUnavailable, maxUnavailability",
    "base/backup.yaml, concurrencyPolicy, concurrency",
    "base/backup.yaml, claimName, claim",
    "base/service-account.yaml, automountServiceAccountToken, automountToken",
    "overlays/plain/autoscaler.yaml, averageUtilization, averageUtilisation",
    "mesh/authorization-policy.yaml, principals, principal",
    "mesh/authorization-policy.yaml, action, act",
    "mesh/peer-authentication.yaml, mode, mood",
    "overlays/production/rollout.yaml, previewService, preview",
    "overlays/production/rollout.yaml, podTemplateHashValue, podTemplateHash",
    "overlays/production/analysis-template.yml, successCondition, success",
    "overlays/production/analysis-template.yml, query, queries",
    "monitoring/prometheus-rule.yml, expr, expression",
    "secret/external-secret.yaml, remoteRef, remote",
    "base/kustomization.yaml, resources, resource",
  })
  void aFieldThatIsNotKnownIsRefused(String file, String field, String other) throws Exception {
    String text = Files.readString(DEPLOY.resolve("k8s").resolve(file));
    assertTrue(text.contains(field + ":"));
    List<String> complaints = new ArrayList<>();
    for (Object document : documents(text.replace(field + ":", other + ":"))) {
      Strict.complaint(document).ifPresent(complaints::add);
    }
    assertTrue(complaints.toString().contains(other), complaints::toString);
  }

  private static List<Path> manifests() throws Exception {
    try (Stream<Path> files = Files.walk(DEPLOY.resolve("k8s"))) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  private static List<Object> documents(String text) {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(documents::add);
    return documents;
  }
}
