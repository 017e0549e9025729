package dev.opskit.testkit.rules;

import java.util.Set;

/** The kinds that rules look at, or that need none. */
final class KnownKinds {
  private static final Set<String> KINDS =
      Set.of(
          "Kustomization",
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ReplicaSet",
          "Job",
          "CronJob",
          "Pod",
          "Service",
          "ServiceAccount",
          "ConfigMap",
          "Secret",
          "ExternalSecret",
          "PersistentVolumeClaim",
          "HorizontalPodAutoscaler",
          "PodDisruptionBudget",
          "NetworkPolicy",
          "AuthorizationPolicy",
          "PeerAuthentication",
          "Rollout",
          "AnalysisTemplate",
          "PrometheusRule",
          "PodMonitor",
          "ServiceMonitor",
          "Namespace",
          "Ingress",
          "SecretStore",
          "ClusterSecretStore");

  private KnownKinds() {}

  static void look(Subject subject, Findings findings) {
    for (KubeObject object : subject.manifests().objects()) {
      if (!KINDS.contains(object.kind()) && !object.kind().isEmpty()) {
        findings.add(object.get("kind").place(), object + " is of a kind that no rule knows");
      }
    }
  }
}
