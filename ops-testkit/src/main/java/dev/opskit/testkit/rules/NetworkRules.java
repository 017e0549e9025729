package dev.opskit.testkit.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Who may talk to the pods of the manifests, and whom they may talk to. */
final class NetworkRules {
  private static final String DNS = "53";

  private NetworkRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.should(
            "kubernetes.default-deny",
            "What is not allowed by name is closed: who gets into one pod does not get further.",
            "Add a NetworkPolicy that selects the pods, has policyTypes [Ingress, Egress] and no"
                + " rules, and one for each exception.",
            NetworkRules::defaultDeny),
        Rule.should(
            "kubernetes.dns-egress",
            "An answer that does not fit into a datagram is asked for again over TCP; with UDP"
                + " alone some names cannot be resolved.",
            "Allow egress to port 53 by UDP and by TCP.",
            NetworkRules::dns),
        Rule.should(
            "kubernetes.network-ports",
            "A policy for a port that nobody opens allows nothing, and the port that is meant stays"
                + " closed.",
            "Name a containerPort of the selected pods.",
            NetworkRules::ports),
        Rule.should(
            "kubernetes.mesh",
            "An address can be taken over; with mutual TLS and principals it is known who asks.",
            "Add a PeerAuthentication with mode STRICT and an AuthorizationPolicy whose rules each"
                + " have from and to.",
            NetworkRules::mesh));
  }

  private static void defaultDeny(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      Set<String> closed = new HashSet<>();
      for (KubeObject policy : policies(subject, workload)) {
        for (String direction : List.of("ingress", "egress")) {
          boolean isClosed = directions(policy).contains(direction);
          if (isClosed && policy.get("spec", direction).list().isEmpty()) {
            closed.add(direction);
          }
          for (YamlNode rule : policy.get("spec", direction).list()) {
            String peers = direction.equals("ingress") ? "from" : "to";
            if (rule.get(peers).list().isEmpty() && rule.get("ports").list().isEmpty()) {
              findings.add(rule.place(), "this rule of " + policy + " allows everything");
            }
          }
        }
      }
      for (String direction : List.of("ingress", "egress")) {
        if (!closed.contains(direction)) {
          findings.add(
              workload.object().place(),
              "no NetworkPolicy denies all " + direction + " of " + workload.object());
        }
      }
    }
  }

  private static void dns(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      List<KubeObject> egress =
          policies(subject, workload).stream()
              .filter(policy -> directions(policy).contains("egress"))
              .toList();
      Set<String> protocols = new HashSet<>();
      Place place = workload.object().place();
      for (KubeObject policy : egress) {
        for (YamlNode rule : policy.get("spec", "egress").list()) {
          for (YamlNode port : rule.get("ports").list()) {
            if (port.get("port").is(DNS) || port.get("port").is("dns")) {
              place = port.place();
              protocols.add(port.get("protocol").exists() ? port.get("protocol").text() : "TCP");
            }
          }
          if (rule.get("ports").list().isEmpty()) {
            protocols.addAll(List.of("UDP", "TCP"));
          }
        }
      }
      for (String protocol : List.of("UDP", "TCP")) {
        if (!egress.isEmpty() && !protocols.contains(protocol)) {
          findings.add(place, workload.object() + " may not ask for names by " + protocol);
        }
      }
    }
  }

  private static void ports(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      for (KubeObject policy : policies(subject, workload)) {
        for (YamlNode rule : policy.get("spec", "ingress").list()) {
          for (YamlNode one : rule.get("ports").list()) {
            OptionalInt port = workload.port(one.get("port"));
            boolean isOpen = port.isPresent() && workload.opens(port.getAsInt());
            if (one.get("port").exists() && !isOpen && !isOpenElsewhere(subject, policy, one)) {
              findings.add(
                  one.get("port").place(),
                  policy + " names the port " + one.get("port").text() + ", which nobody opens");
            }
          }
        }
      }
    }
  }

  private static boolean isOpenElsewhere(Subject subject, KubeObject policy, YamlNode rule) {
    return subject.workloads().stream()
        .filter(other -> selects(policy, other))
        .anyMatch(
            other -> {
              OptionalInt port = other.port(rule.get("port"));
              return port.isPresent() && other.opens(port.getAsInt());
            });
  }

  private static void mesh(Subject subject, Findings findings) {
    Manifests manifests = subject.manifests();
    for (KubeObject policy : manifests.kind("AuthorizationPolicy").toList()) {
      boolean isAllowing =
          !policy.get("spec", "action").exists() || policy.get("spec", "action").is("ALLOW");
      for (YamlNode rule : policy.get("spec", "rules").list()) {
        if (isAllowing && rule.get("from").list().isEmpty()) {
          findings.add(rule.place(), "this rule of " + policy + " lets everybody in: no 'from'");
        } else if (isAllowing && rule.get("to").list().isEmpty()) {
          findings.add(rule.place(), "this rule of " + policy + " allows everything: no 'to'");
        }
      }
    }
    for (KubeObject authentication : manifests.kind("PeerAuthentication").toList()) {
      YamlNode mode = authentication.get("spec", "mtls", "mode");
      if (!mode.is("STRICT")) {
        findings.add(mode.place(), authentication + " does not insist on mutual TLS");
      }
    }
    for (Workload workload : subject.servers()) {
      for (String kind : List.of("AuthorizationPolicy", "PeerAuthentication")) {
        boolean isThere =
            manifests
                .kind(kind)
                .map(one -> one.get("spec", "selector", "matchLabels"))
                .anyMatch(
                    labels -> workload.labels().entrySet().containsAll(labels.texts().entrySet()));
        if (!isThere) {
          findings.add(workload.object().place(), "no " + kind + " is for " + workload.object());
        }
      }
    }
  }

  private static List<KubeObject> policies(Subject subject, Workload workload) {
    return subject
        .manifests()
        .kind("NetworkPolicy")
        .filter(policy -> selects(policy, workload))
        .toList();
  }

  private static boolean selects(KubeObject policy, Workload workload) {
    Map<String, String> labels = workload.labels();
    YamlNode selector = policy.get("spec", "podSelector");
    return KubeObject.selects(selector, labels);
  }

  /** Ingress if nothing is said, and egress as well if there are rules for it. */
  private static Set<String> directions(KubeObject policy) {
    Set<String> directions = new HashSet<>();
    YamlNode types = policy.get("spec", "policyTypes");
    types.list().forEach(type -> directions.add(type.text().toLowerCase(Locale.ROOT)));
    if (!types.exists()) {
      directions.add("ingress");
      if (policy.get("spec", "egress").exists()) {
        directions.add("egress");
      }
    }
    return directions;
  }
}
