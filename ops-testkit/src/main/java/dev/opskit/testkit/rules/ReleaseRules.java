package dev.opskit.testkit.rules;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How the service is reached, scaled, interrupted, released, watched and backed up. */
final class ReleaseRules {
  private ReleaseRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must(
            "kubernetes.service",
            "A Service that selects no pod, or a port that none opens, answers nobody.",
            "Use the labels and the name of a port of the pod template.",
            ReleaseRules::service),
        Rule.should(
            "kubernetes.replicas",
            "One pod is an outage whenever its node is restarted.",
            "Set replicas to 2 or more, or a HorizontalPodAutoscaler with minReplicas of 2 or"
                + " more.",
            ReleaseRules::replicas),
        Rule.should(
            "kubernetes.disruption-budget",
            "Without one all pods may be evicted at once; one that allows no disruption keeps nodes"
                + " from being drained.",
            "Add a PodDisruptionBudget that selects the pods, with maxUnavailable: 1.",
            ReleaseRules::disruptionBudget),
        Rule.must(
            "kubernetes.alerts",
            "What nobody is woken for is noticed by the customers.",
            "Commit the PrometheusRule that SloArtefacts generates.",
            ReleaseRules::alerts),
        Rule.must(
            "kubernetes.backup-schedule",
            "A backup that somebody has to remember is the one that is missing.",
            "Add a CronJob that takes backups, with concurrencyPolicy: Forbid and a pod that is"
                + " not restarted, or schedule them in the service.",
            ReleaseRules::backupSchedule),
        Rule.may(
            "kubernetes.rollout",
            "A release that is looked at before it gets traffic, and after, can go back before"
                + " anybody has noticed.",
            "Add a Rollout with strategy blueGreen whose analyses refer to a template, its"
                + " arguments and its services that exist.",
            ReleaseRules::rollout));
  }

  private static void service(Subject subject, Findings findings) {
    Manifests manifests = subject.manifests();
    for (KubeObject service : manifests.kind("Service").toList()) {
      YamlNode selector = service.get("spec", "selector");
      List<Workload> selected =
          subject.servers().stream()
              .filter(one -> one.labels().entrySet().containsAll(selector.texts().entrySet()))
              .toList();
      if (!selector.exists() && service.get("spec", "type").is("ExternalName")) {
        continue;
      }
      if (!selector.exists() || selected.isEmpty()) {
        findings.add(selector.place(), service + " selects no pod");
      }
      for (Workload workload : selected) {
        for (YamlNode port : service.get("spec", "ports").list()) {
          YamlNode target =
              port.get("targetPort").exists() ? port.get("targetPort") : port.get("port");
          boolean isOpen =
              workload.port(target).isPresent() && workload.opens(workload.port(target).getAsInt());
          if (!isOpen) {
            findings.add(
                target.place(), "no container opens the port " + target.text() + " of " + service);
          }
        }
      }
    }
  }

  private static void replicas(Subject subject, Findings findings) {
    for (Workload workload : scalable(subject)) {
      Optional<KubeObject> scaler = scaler(subject, workload);
      YamlNode number =
          scaler
              .map(one -> one.get("spec", "minReplicas"))
              .orElseGet(() -> workload.object().get("spec", "replicas"));
      if (number.number().orElse(1) < 2) {
        findings.add(number.place(), workload.object() + " may be a single pod");
      }
    }
  }

  private static void disruptionBudget(Subject subject, Findings findings) {
    for (Workload workload : scalable(subject)) {
      List<KubeObject> budgets =
          subject
              .manifests()
              .kind("PodDisruptionBudget")
              .filter(one -> KubeObject.selects(one.get("spec", "selector"), workload.labels()))
              .toList();
      if (budgets.isEmpty()) {
        findings.add(
            workload.object().place(), "no PodDisruptionBudget selects " + workload.object());
      }
      for (KubeObject budget : budgets) {
        YamlNode unavailable = budget.get("spec", "maxUnavailable");
        YamlNode available = budget.get("spec", "minAvailable");
        OptionalLong least = available.number();
        long pods =
            scaler(subject, workload)
                .map(one -> one.get("spec", "minReplicas"))
                .orElseGet(() -> workload.object().get("spec", "replicas"))
                .number()
                .orElse(1);
        if (unavailable.is("0") || unavailable.is("0%")) {
          findings.add(unavailable.place(), budget + " never allows a disruption");
        } else if (available.is("100%") || (least.isPresent() && least.getAsLong() >= pods)) {
          findings.add(
              available.place(), budget + " never allows a disruption of " + pods + " pods");
        } else if (!unavailable.exists() && !available.exists()) {
          findings.add(unavailable.place(), budget + " says nothing");
        }
      }
    }
  }

  private static List<Workload> scalable(Subject subject) {
    return subject.servers().stream()
        .filter(
            one -> List.of("Deployment", "StatefulSet", "Rollout").contains(one.object().kind()))
        .toList();
  }

  /** Of the workload, or of the Rollout that has its pods. */
  private static Optional<KubeObject> scaler(Subject subject, Workload workload) {
    List<KubeObject> targets =
        Stream.concat(
                Stream.of(workload.object()),
                subject
                    .manifests()
                    .kind("Rollout")
                    .filter(
                        one -> one.get("spec", "workloadRef", "name").is(workload.object().name())))
            .toList();
    return subject
        .manifests()
        .kind("HorizontalPodAutoscaler")
        .filter(
            one ->
                targets.stream()
                    .anyMatch(
                        target ->
                            one.get("spec", "scaleTargetRef", "kind").is(target.kind())
                                && one.get("spec", "scaleTargetRef", "name").is(target.name())))
        .findFirst();
  }

  private static void alerts(Subject subject, Findings findings) {
    Manifests manifests = subject.manifests();
    boolean isAlerting =
        manifests
            .kind("PrometheusRule")
            .flatMap(rule -> rule.get("spec", "groups").list().stream())
            .flatMap(group -> group.get("rules").list().stream())
            .anyMatch(rule -> rule.get("alert").exists());
    if (!isAlerting) {
      for (Workload workload : subject.servers()) {
        findings.add(workload.object().place(), "no PrometheusRule has an alert");
      }
    }
  }

  private static void backupSchedule(Subject subject, Findings findings) {
    Manifests manifests = subject.manifests();
    List<KubeObject> jobs =
        manifests.kind("CronJob").filter(job -> job.name().contains("backup")).toList();
    if (jobs.isEmpty() && !subject.isBackupScheduledInCode()) {
      findings.add(
          subject.servers().stream()
              .findFirst()
              .map(one -> one.object().place())
              .orElse(new Place("the manifests", 0)),
          "no CronJob has 'backup' in its name, and the code schedules none");
    }
    for (KubeObject job : jobs) {
      YamlNode schedule = job.get("spec", "schedule");
      if (!schedule.text().strip().matches("@(?:hourly|daily|weekly)|(?:\\S+\\s+){4}\\S+")) {
        findings.add(schedule.place(), "'" + schedule.text() + "' is no schedule");
      }
      if (job.get("spec", "suspend").is("true")) {
        findings.add(job.get("spec", "suspend").place(), job + " is suspended");
      }
      YamlNode concurrency = job.get("spec", "concurrencyPolicy");
      if (!concurrency.is("Forbid")) {
        findings.add(concurrency.place(), job + " may run twice at once");
      }
    }
  }

  private static void rollout(Subject subject, Findings findings) {
    List<KubeObject> rollouts = subject.manifests().kind("Rollout").toList();
    if (rollouts.isEmpty()) {
      throw new NotLookedAtException("there is no Rollout");
    }
    rollouts.forEach(rollout -> new RolloutCheck(subject.manifests(), rollout, findings).look());
  }
}
