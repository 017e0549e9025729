package dev.opskit.testkit.rules;

import java.util.List;
import java.util.Optional;

/** Whether all that a Rollout refers to is there. Confined to one thread. */
final class RolloutCheck {
  private final Manifests manifests;
  private final KubeObject rollout;
  private final Findings findings;

  RolloutCheck(Manifests manifests, KubeObject rollout, Findings findings) {
    this.manifests = manifests;
    this.rollout = rollout;
    this.findings = findings;
  }

  void look() {
    YamlNode workload = rollout.get("spec", "workloadRef", "name");
    if (workload.exists() && absent("Deployment", workload.text())) {
      findings.add(workload.place(), "there is no Deployment " + workload.text());
    }
    YamlNode blueGreen = rollout.get("spec", "strategy", "blueGreen");
    if (!blueGreen.exists()) {
      YamlNode canary = rollout.get("spec", "strategy", "canary");
      if (!canary.exists()) {
        findings.add(canary.place(), rollout + " has neither blueGreen nor canary");
      }
      analysis("analysis", canary.get("analysis"));
      return;
    }
    services(blueGreen);
    analysis("prePromotionAnalysis", blueGreen.get("prePromotionAnalysis"));
    analysis("postPromotionAnalysis", blueGreen.get("postPromotionAnalysis"));
  }

  private void services(YamlNode blueGreen) {
    for (String key : List.of("activeService", "previewService")) {
      YamlNode service = blueGreen.get(key);
      if (!service.exists()) {
        findings.add(service.place(), rollout + " has no " + key);
      } else if (absent("Service", service.text())) {
        findings.add(service.place(), "there is no Service " + service.text());
      }
    }
    if (blueGreen.get("activeService").is(blueGreen.get("previewService").text())) {
      findings.add(
          blueGreen.get("previewService").place(), "active and preview are the same Service");
    }
  }

  private boolean absent(String kind, String name) {
    return manifests.kind(kind).noneMatch(one -> one.name().equals(name));
  }

  private void analysis(String name, YamlNode analysis) {
    if (analysis.get("templates").list().isEmpty()) {
      findings.add(analysis.place(), rollout + " has no " + name);
    }
    for (YamlNode one : analysis.get("templates").list()) {
      YamlNode template = one.get("templateName");
      Optional<KubeObject> found =
          manifests
              .kind("AnalysisTemplate")
              .filter(object -> object.name().equals(template.text()))
              .findFirst();
      if (found.isEmpty()) {
        findings.add(template.place(), "there is no AnalysisTemplate " + template.text());
      } else {
        arguments(analysis, found.get(), template.place());
      }
    }
  }

  private void arguments(YamlNode analysis, KubeObject template, Place place) {
    for (YamlNode argument : template.get("spec", "args").list()) {
      boolean isKnown = argument.get("value").exists() || argument.get("valueFrom").exists();
      boolean isGiven =
          analysis.get("args").list().stream()
              .anyMatch(one -> one.get("name").is(argument.get("name").text()));
      if (!isKnown && !isGiven) {
        findings.add(place, template + " needs the argument " + argument.get("name").text());
      }
    }
  }
}
