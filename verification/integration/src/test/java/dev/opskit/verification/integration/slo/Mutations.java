package dev.opskit.verification.integration.slo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What may become of a page when somebody edits the code behind it, one change each. */
final class Mutations {
  private final Page page;
  private final Map<String, Page> all = new LinkedHashMap<>();

  private Mutations(Page page) {
    this.page = page;
  }

  static Map<String, Page> of(Page page, Contract contract) {
    Mutations mutations = new Mutations(page);
    contract.exported().forEach(mutations::add);
    return mutations.all;
  }

  private void add(Query.Selector selector) {
    String metric = selector.metric();
    all.put(metric + " dropped", page.without(Set.of(metric)));
    rename(metric, "x_" + metric);
    rename(metric, metric.replaceFirst("[a-z]+_", ""));
    rename(metric, metric.replaceFirst("_(seconds|bytes|total)", "_milli$1"));
    rename(metric, metric.replace("_total", ""));
    selector
        .labels()
        .forEach(
            (label, value) -> {
              if (Contract.TARGET.containsKey(label)) {
                return;
              }
              all.put(
                  "%s{%s} renamed".formatted(metric, label),
                  page.changed(
                      metric,
                      one ->
                          one.labelled(
                              label, label + "_name", one.labels().getOrDefault(label, ""))));
              for (String lost : matching(metric, label, value)) {
                all.put(
                    "%s{%s=%s} renamed".formatted(metric, label, value),
                    page.changed(
                        metric,
                        one ->
                            one.has(label, value) ? one.labelled(label, label, "x" + lost) : one));
                all.put(
                    "%s{%s=%s} not registered".formatted(metric, label, value),
                    new Page(
                        page.series().stream()
                            .filter(one -> !one.metric().equals(metric) || !one.has(label, value))
                            .toList()));
              }
            });
  }

  private Set<String> matching(String metric, String label, String value) {
    Set<String> values = new TreeSet<>();
    page.series().stream()
        .filter(one -> one.metric().equals(metric) && one.has(label, value))
        .forEach(one -> values.add(one.labels().get(label)));
    return values;
  }

  private void rename(String metric, String name) {
    if (!name.equals(metric)) {
      all.put(metric + " is now " + name, page.changed(metric, one -> one.renamed(name)));
    }
  }
}
