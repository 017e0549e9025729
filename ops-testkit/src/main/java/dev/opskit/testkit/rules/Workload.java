package dev.opskit.testkit.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An object that makes pods, and their template.
 *
 * @param object the Deployment, CronJob, …
 * @param template its pod template
 */
record Workload(KubeObject object, YamlNode template) {
  private static final List<String> JOBS = List.of("Job", "CronJob");

  /** A Rollout that refers to a Deployment has no pods of its own: they are the Deployment's. */
  static Optional<Workload> of(KubeObject object) {
    return switch (object.kind()) {
      case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" ->
          Optional.of(new Workload(object, object.get("spec", "template")));
      case "Rollout" ->
          object.get("spec", "workloadRef").exists()
              ? Optional.empty()
              : Optional.of(new Workload(object, object.get("spec", "template")));
      case "CronJob" ->
          Optional.of(new Workload(object, object.get("spec", "jobTemplate", "spec", "template")));
      case "Pod" -> Optional.of(new Workload(object, object.node()));
      default -> Optional.empty();
    };
  }

  /** Whether it is meant to run for ever. */
  boolean isServer() {
    return !JOBS.contains(object.kind());
  }

  YamlNode pod() {
    return template.get("spec");
  }

  Map<String, String> labels() {
    return template.get("metadata", "labels").texts();
  }

  List<YamlNode> containers() {
    return pod().get("containers").list();
  }

  List<YamlNode> allContainers() {
    return Stream.concat(pod().get("initContainers").list().stream(), containers().stream())
        .toList();
  }

  /** The number of a port that is given by its number or by the name in a container. */
  OptionalInt port(YamlNode port) {
    if (port.number().isPresent()) {
      return OptionalInt.of((int) port.number().getAsLong());
    }
    return containers().stream()
        .flatMap(container -> container.get("ports").list().stream())
        .filter(one -> one.get("name").is(port.text()))
        .mapToInt(one -> (int) one.get("containerPort").number().orElse(0))
        .findFirst();
  }

  boolean opens(int port) {
    return containers().stream()
        .flatMap(container -> container.get("ports").list().stream())
        .anyMatch(one -> one.get("containerPort").number().orElse(0) == port);
  }

  static String name(YamlNode container) {
    return "container " + container.get("name").text();
  }
}
