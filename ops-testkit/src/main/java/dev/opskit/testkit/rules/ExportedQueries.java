package dev.opskit.testkit.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds the queries of rules and analyses against what the service exports. */
final class ExportedQueries {
  /** What Prometheus adds to each series by itself or, as relabelling usually is, from the pod. */
  private static final Set<String> TARGET_LABELS =
      Set.of(
          "job",
          "instance",
          "namespace",
          "pod",
          "container",
          "service",
          "endpoint",
          "node",
          "cluster",
          "rollouts_pod_template_hash");

  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS", "ALERTS_FOR_STATE");

  /** Exported by others; no service can say whether it is there. */
  private static final String OF_THE_CLUSTER = "(?:kube|kubelet|container|node|istio|envoy)_.*";

  private ExportedQueries() {}

  static void look(Subject subject, String kind, Findings findings) {
    List<KubeObject> objects = subject.manifests().kind(kind).toList();
    if (objects.isEmpty()) {
      throw new NotLookedAtException("there is no " + kind);
    }
    MetricsPage page = page(subject);
    Set<String> known = new HashSet<>(OF_PROMETHEUS);
    List<YamlNode> queries = new ArrayList<>();
    subject.manifests().kind("PrometheusRule").forEach(one -> collect(one.node(), known, null));
    objects.forEach(one -> collect(one.node(), known, queries));
    for (YamlNode query : queries) {
      for (PromQuery.Selector selector : PromQuery.selectors(query.text())) {
        if (!known.contains(selector.metric()) && !selector.metric().matches(OF_THE_CLUSTER)) {
          check(selector, query.place(), page, findings);
        }
      }
    }
  }

  private static void check(
      PromQuery.Selector selector, Place place, MetricsPage page, Findings findings) {
    Set<String> exported = page.labels().get(selector.metric());
    if (exported == null) {
      findings.add(place, "the service exports no metric " + selector.metric());
      return;
    }
    Set<String> missing = new TreeSet<>(selector.labels());
    missing.removeAll(exported);
    missing.removeAll(TARGET_LABELS);
    if (!missing.isEmpty()) {
      findings.add(
          place, "%s has no label %s, only %s".formatted(selector.metric(), missing, exported));
    }
  }

  /** The names that rules record, and the queries if they are wanted. */
  private static void collect(
      YamlNode node, Set<String> recorded, @Nullable List<YamlNode> queries) {
    node.map()
        .forEach(
            (key, value) -> {
              if (key.equals("record")) {
                recorded.add(value.text());
              } else if ((key.equals("expr") || key.equals("query")) && queries != null) {
                queries.add(value);
              }
              collect(value, recorded, queries);
            });
    node.list().forEach(item -> collect(item, recorded, queries));
  }

  private static MetricsPage page(Subject subject) {
    Running running = subject.running();
    String text =
        Scrape.of(subject).stream()
            .map(scrape -> running.get(scrape.port(), scrape.path()))
            .filter(answer -> answer.status() == 200)
            .map(Running.Answer::body)
            .collect(Collectors.joining("\n"));
    if (text.isEmpty()) {
      throw new NotLookedAtException("no metrics were scraped, see running.scrape");
    }
    return MetricsPage.of(text);
  }
}
