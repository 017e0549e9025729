package dev.opskit.metrics.slo;

import dev.opskit.metrics.OperationSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files that are generated from the objectives of a service's operations: rules for Prometheus
 * and for its operator, their unit tests for promtool, a dashboard for Grafana, a canary gate for
 * Argo Rollouts, and a runbook. The same declarations give the same bytes. Immutable and
 * thread-safe.
 */
public final class SloArtefacts {
  static final String RULES = "rules.yml";
  static final String NOTE =
      "Generated from the objectives that the service declares; change those, not this file.";

  private final Map<String, String> files = new LinkedHashMap<>();

  private SloArtefacts(SloOptions options, List<Objective> objectives) {
    List<Map<String, Object>> groups = new RuleGroups(options, objectives).all();
    Map<String, Object> rules = Tree.map("groups", groups);
    files.put(RULES, Yaml.write(NOTE, rules));
    files.put("rules.test.yml", Yaml.write(NOTE, new RuleTests(options).of(objectives, groups)));
    files.put(
        "prometheus-rule.yml",
        Yaml.write(
            NOTE,
            Tree.map(
                "apiVersion",
                "monitoring.coreos.com/v1",
                "kind",
                "PrometheusRule",
                "metadata",
                options.metadata(),
                "spec",
                rules)));
    files.put("dashboard.json", Json.write(new Dashboard(options).of(objectives)));
    List<RatioObjective> ratios =
        objectives.stream()
            .filter(RatioObjective.class::isInstance)
            .map(RatioObjective.class::cast)
            .toList();
    if (!ratios.isEmpty()) {
      files.put("analysis-template.yml", Yaml.write(NOTE, new CanaryTemplate(options).of(ratios)));
    }
    files.put("runbook.md", new Runbook(options).of(objectives));
  }

  /**
   * A builder.
   *
   * @param service its name in lower case, like {@code orders-service}; names the files' contents
   * @param operations {@link dev.opskit.metrics.OpsMetrics#operations()} once all are declared
   * @return with the defaults
   */
  public static Builder builder(String service, List<OperationSpec> operations) {
    return new Builder(service, operations);
  }

  /**
   * What would be written.
   *
   * @return texts by the names of their files, not modifiable; without {@code
   *     analysis-template.yml} if there are only objectives of freshness
   */
  public Map<String, String> files() {
    return Collections.unmodifiableMap(files);
  }

  /**
   * Writes the files over those that are there.
   *
   * @param folder created if it is missing
   * @throws IOException if that fails; some files may have been written then
   */
  public void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /**
   * Compares with what was written and committed: for a test of the service that fails when its
   * declarations have changed and the files have not.
   *
   * @param folder may be missing
   * @return the names of the files that differ or are missing, in order; empty if all is the same
   * @throws IOException if a file cannot be read
   */
  public List<String> staleIn(Path folder) throws IOException {
    List<String> stale = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path written = folder.resolve(file.getKey());
      if (!Files.exists(written)
          || !new String(Files.readAllBytes(written), StandardCharsets.UTF_8)
              .equals(file.getValue())) {
        stale.add(file.getKey());
      }
    }
    return stale;
  }

  /** Options of {@link SloArtefacts}. Confined to one thread. */
  public static final class Builder {
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final String service;
    private final List<OperationSpec> operations;
    private final Map<String, String> kubernetesLabels = new TreeMap<>();
    private String job;
    private int minBadEvents = 3;
    private String runbook = "runbook.md";
    private String prometheus = "http://prometheus:9090";
    private String canaryLabel = "rollouts_pod_template_hash";

    private Builder(String service, List<OperationSpec> operations) {
      this.service = service;
      this.job = service;
      this.operations = List.copyOf(operations);
    }

    /**
     * The label {@code job} that Prometheus gives the targets of the service.
     *
     * @param job default the name of the service
     * @return this
     */
    public Builder job(String job) {
      this.job = job;
      return this;
    }

    /**
     * How many bad events a window must have seen before it raises an alert, so that one failed
     * request of a quiet hour wakes nobody; the canary gate does not fail with fewer, either.
     *
     * @param events 1 or more, default 3
     * @return this
     */
    public Builder minBadEvents(int events) {
      this.minBadEvents = events;
      return this;
    }

    /**
     * Where the runbook is published; alerts link to its sections.
     *
     * @param url without a fragment, default {@code runbook.md}
     * @return this
     */
    public Builder runbook(String url) {
      this.runbook = url;
      return this;
    }

    /**
     * Where the canary gate finds Prometheus.
     *
     * @param url default {@code http://prometheus:9090}
     * @return this
     */
    public Builder prometheus(String url) {
      this.prometheus = url;
      return this;
    }

    /**
     * The label of the targets that tells the canary's from the others. Argo Rollouts labels pods
     * with {@code rollouts-pod-template-hash}; the scrape has to copy it.
     *
     * @param label default {@code rollouts_pod_template_hash}
     * @return this
     */
    public Builder canaryLabel(String label) {
      this.canaryLabel = label;
      return this;
    }

    /**
     * A label of the {@code PrometheusRule} and the {@code AnalysisTemplate}; an operator may look
     * only at rules that carry one.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public Builder kubernetesLabel(String name, String value) {
      kubernetesLabels.put(name, value);
      return this;
    }

    /**
     * Generates everything.
     *
     * @return the files
     * @throws IllegalArgumentException if an option is malformed, no operation has an objective, or
     *     two objectives of an operation are of the same kind and bound
     */
    public SloArtefacts build() {
      require(SERVICE.matcher(service).matches(), "service", service, "like orders-service");
      require(!job.isBlank(), "job", job, "not blank");
      require(minBadEvents >= 1, "minBadEvents", minBadEvents, "1 or more");
      require(!runbook.isBlank() && !runbook.contains("#"), "runbook", runbook, "a URL without #");
      require(!prometheus.isBlank(), "prometheus", prometheus, "a URL");
      require(LABEL.matcher(canaryLabel).matches(), "canaryLabel", canaryLabel, "a label's name");
      return new SloArtefacts(
          new SloOptions(
              service,
              job,
              minBadEvents,
              runbook,
              prometheus,
              canaryLabel,
              new TreeMap<>(kubernetesLabels)),
          objectives());
    }

    private List<Objective> objectives() {
      List<Objective> objectives =
          operations.stream()
              .flatMap(spec -> spec.slos().stream().map(slo -> Objective.of(spec, slo)))
              .toList();
      if (objectives.isEmpty()) {
        throw new IllegalArgumentException(
            "operations %s: none has an objective; declare one with slo(…)"
                .formatted(operations.stream().map(OperationSpec::name).toList()));
      }
      Set<String> names = new HashSet<>();
      for (Objective objective : objectives) {
        if (!names.add(objective.name())) {
          throw new IllegalArgumentException(
              "objective '%s' is declared twice; keep one".formatted(objective.name()));
        }
      }
      return objectives;
    }

    private static void require(boolean holds, String option, Object value, String form) {
      if (!holds) {
        throw new IllegalArgumentException("%s '%s' must be %s".formatted(option, value, form));
      }
    }
  }
}
