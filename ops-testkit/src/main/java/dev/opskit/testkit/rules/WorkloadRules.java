package dev.opskit.testkit.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be seen in the pods of the manifests. */
final class WorkloadRules {
  private static final Map<String, Set<String>> WRONG_PATHS =
      Map.of(
          "livenessProbe", Set.of("/ready", "/startup", "/status"),
          "readinessProbe", Set.of("/health", "/startup"));

  private WorkloadRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must(
            "kubernetes.readable",
            "What cannot be read cannot be applied, and none of the other rules looks at it.",
            "Mend the line, or give the right path; of kustomize only resources are followed.",
            (subject, findings) -> subject.allManifests().problems().forEach(findings::add)),
        Rule.may(
            "kubernetes.known-kinds",
            "No rule looks at an object of a kind that none of them knows.",
            "Look at it yourself, and switch this rule off with what you found.",
            KnownKinds::look),
        Rule.must(
            "kubernetes.probes",
            "The kubelet restarts what says that it is dead and sends traffic to what says that it"
                + " is ready. The other way round, an outage of the database restarts every pod.",
            "Ask /health for livenessProbe, /ready for readinessProbe and /startup for"
                + " startupProbe.",
            WorkloadRules::probes),
        Rule.must(
            "kubernetes.resources",
            "Without requests a pod is put where there is no room, without limits it takes the room"
                + " of others.",
            "Set requests and limits of cpu and memory for each container.",
            WorkloadRules::resources),
        Rule.must(
            "kubernetes.security-context",
            "Each of these takes something away from whoever gets into the process.",
            "Set runAsNonRoot, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false and"
                + " capabilities.drop: [ALL]; give it an emptyDir for what it writes.",
            WorkloadRules::securityContext),
        Rule.must(
            "kubernetes.image",
            "With a moving tag the pods of one Deployment run different code.",
            "Write a full version or a digest.",
            WorkloadRules::image),
        Rule.should(
            "kubernetes.service-account",
            "A token that nobody needs is one that somebody can take.",
            "Give it a ServiceAccount of its own and automountServiceAccountToken: false.",
            WorkloadRules::serviceAccount));
  }

  private static void probes(Subject subject, Findings findings) {
    for (Workload workload : subject.servers()) {
      for (YamlNode container : workload.containers()) {
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
          YamlNode probe = container.get(name);
          if (!probe.exists()) {
            findings.add(container.place(), Workload.name(container) + " has no " + name);
          } else if (WRONG_PATHS.getOrDefault(name, Set.of()).contains(path(probe))) {
            findings.add(
                probe.get("httpGet", "path").place(), name + " asks " + path(probe) + " of others");
          }
        }
        String liveness = path(container.get("livenessProbe"));
        YamlNode readiness = container.get("readinessProbe", "httpGet", "path");
        if (!liveness.isEmpty() && readiness.is(liveness)) {
          findings.add(
              readiness.place(), "readinessProbe asks what livenessProbe asks: " + liveness);
        }
      }
    }
  }

  private static String path(YamlNode probe) {
    return probe.get("httpGet", "path").text();
  }

  private static void resources(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      for (YamlNode container : workload.allContainers()) {
        for (String kind : List.of("requests", "limits")) {
          for (String resource : List.of("cpu", "memory")) {
            YamlNode value = container.get("resources", kind, resource);
            if (!value.exists()) {
              findings.add(
                  value.place(),
                  "%s has no %s of %s".formatted(Workload.name(container), kind, resource));
            }
          }
        }
      }
    }
  }

  private static void securityContext(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      YamlNode pod = workload.pod().get("securityContext");
      for (YamlNode container : workload.allContainers()) {
        YamlNode own = container.get("securityContext");
        String name = Workload.name(container);
        YamlNode nonRoot = own.get("runAsNonRoot").exists() ? own : pod;
        require(nonRoot.get("runAsNonRoot"), "true", name + " may run as root", findings);
        YamlNode user = own.get("runAsUser").exists() ? own : pod;
        if (user.get("runAsUser").is("0")) {
          findings.add(user.get("runAsUser").place(), name + " runs as root");
        }
        require(own.get("readOnlyRootFilesystem"), "true", name + " may write its image", findings);
        require(
            own.get("allowPrivilegeEscalation"), "false", name + " may gain privileges", findings);
        if (!own.get("capabilities", "drop").holds("ALL")) {
          findings.add(
              own.get("capabilities", "drop").place(), name + " does not drop all capabilities");
        }
        if (own.get("privileged").is("true")) {
          findings.add(own.get("privileged").place(), name + " is privileged");
        }
        for (YamlNode added : own.get("capabilities", "add").list()) {
          findings.add(added.place(), name + " adds the capability " + added.text());
        }
      }
      for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
        if (workload.pod().get(shared).is("true")) {
          findings.add(workload.pod().get(shared).place(), "the pod has " + shared);
        }
      }
    }
  }

  private static void require(YamlNode node, String value, String what, Findings findings) {
    if (!node.is(value)) {
      findings.add(node.place(), what);
    }
  }

  private static void image(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      for (YamlNode container : workload.allContainers()) {
        YamlNode image = container.get("image");
        String name = image.text().substring(image.text().lastIndexOf('/') + 1);
        if (!name.contains("@sha256:") && !name.matches("[^:]+:.*\\d.*")) {
          findings.add(
              image.place(), Workload.name(container) + " has an image without a full version");
        }
      }
    }
  }

  private static void serviceAccount(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      YamlNode account = workload.pod().get("serviceAccountName");
      if (!account.exists() || account.is("default")) {
        findings.add(account.place(), workload.object() + " runs as the account of everybody");
      }
      YamlNode token = workload.pod().get("automountServiceAccountToken");
      boolean isOffByAccount =
          subject
              .manifests()
              .kind("ServiceAccount")
              .filter(one -> account.is(one.name()))
              .anyMatch(one -> one.get("automountServiceAccountToken").is("false"));
      if (!token.is("false") && (token.exists() || !isOffByAccount)) {
        findings.add(token.place(), workload.object() + " is given a token of the API server");
      }
    }
  }
}
