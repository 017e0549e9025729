package dev.opskit.verification.integration.slo;

import dev.opskit.verification.integration.slo.Page.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Everything that the artefacts ask for is exported, or recorded by a rule of theirs. */
final class Contract {
  static final String HASH = "6d5f8c7b9";
  static final Map<String, String> TARGET =
      Map.of(
          "job",
          "orders-service",
          "instance",
          "127.0.0.1:9000",
          "rollouts_pod_template_hash",
          HASH);

  private final String job;
  private final List<Query> queries = new ArrayList<>();
  private final List<Series> recorded = new ArrayList<>();

  Contract(String job) {
    this.job = job;
  }

  /** YAML or JSON, which is YAML, too. */
  Contract add(String text) {
    collect(new Load(LoadSettings.builder().build()).loadFromString(text));
    return this;
  }

  private void collect(Object node) {
    if (node instanceof List<?> list) {
      list.forEach(this::collect);
    } else if (node instanceof Map<?, ?> map) {
      for (String key : List.of("expr", "query")) {
        if (map.get(key) instanceof String text && !text.equals("prometheus")) {
          queries.add(new Query(text).with("{{args.canary-hash}}", HASH));
        }
      }
      if (map.get("series") instanceof String series) {
        queries.add(
            new Query(series.replace("instance=\"one\",", "").replace(",instance=\"one\"", "")));
      }
      if (map.get("record") instanceof String name) {
        Map<String, String> labels = new LinkedHashMap<>(Map.of("job", job));
        ((Map<?, ?>) map.get("labels")).forEach((k, v) -> labels.put(k.toString(), v.toString()));
        recorded.add(new Series(name, labels));
      }
      map.values().forEach(this::collect);
    }
  }

  List<Query> queries() {
    return queries;
  }

  /** What is asked for and lies on the page itself. */
  Stream<Query.Selector> exported() {
    Set<String> others = new TreeSet<>(Set.of("up", "ALERTS"));
    recorded.forEach(series -> others.add(series.metric()));
    return queries.stream()
        .flatMap(query -> query.selectors().stream())
        .filter(selector -> !others.contains(selector.metric()));
  }

  Set<String> violations(Page scraped) {
    Page page = scraped.with(recorded);
    Set<String> violations = new TreeSet<>();
    for (Query query : queries) {
      List<Query.Selector> selectors =
          query.selectors().stream().filter(one -> !one.metric().equals("ALERTS")).toList();
      selectors.forEach(selector -> check(selector, page, violations));
      for (String label : query.groupings()) {
        boolean exists =
            page.series().stream()
                .filter(one -> selectors.stream().anyMatch(s -> s.metric().equals(one.metric())))
                .anyMatch(one -> one.labels().containsKey(label));
        if (!exists && !selectors.isEmpty()) {
          violations.add("nothing in " + query.text() + " has the label " + label);
        }
      }
    }
    return violations;
  }

  /** Each alternative of a regular expression is asked for, too. */
  private static void check(Query.Selector selector, Page page, Set<String> violations) {
    for (Map<String, String> labels : alternatives(selector.labels())) {
      boolean exists =
          page.series().stream()
              .filter(one -> one.metric().equals(selector.metric()))
              .anyMatch(
                  one ->
                      labels.entrySet().stream()
                          .allMatch(label -> one.has(label.getKey(), label.getValue())));
      if (!exists) {
        violations.add("nothing is " + selector.metric() + labels);
      }
    }
  }

  private static List<Map<String, String>> alternatives(Map<String, String> labels) {
    List<Map<String, String>> all = new ArrayList<>(List.of(labels));
    labels.forEach(
        (label, value) -> {
          if (value.startsWith("~") && value.contains("|")) {
            for (String one : value.substring(1).split("\\|")) {
              Map<String, String> exact = new LinkedHashMap<>(labels);
              exact.put(label, one);
              all.add(exact);
            }
          }
        });
    return all;
  }
}
