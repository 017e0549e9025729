package dev.opskit.metrics.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All rules of a service, in groups, as Prometheus and its operator read them. */
final class RuleGroups {
  /** The windows are read anew at every evaluation; those of days need not be at each scrape. */
  private static final String TICKET_INTERVAL = "2m";

  private final SloOptions options;
  private final List<Objective> objectives;

  RuleGroups(SloOptions options, List<Objective> objectives) {
    this.options = options;
    this.objectives = objectives;
  }

  /** The order in which they are evaluated: one reads what the ones before it recorded. */
  List<Map<String, Object>> all() {
    List<Map<String, Object>> groups = new ArrayList<>();
    for (Objective objective : objectives) {
      if (objective instanceof RatioObjective ratio) {
        groups.add(group(ratio, Severity.PAGE));
        groups.add(group(ratio, Severity.TICKET));
      }
    }
    groups.add(
        Tree.map(
            "name",
            options.service() + "-presence",
            "rules",
            new PresenceRules(options).of(objectives)));
    return groups;
  }

  private Map<String, Object> group(RatioObjective objective, Severity severity) {
    BurnRules rules = new BurnRules(options, objective);
    Map<String, Object> group =
        Tree.map("name", "%s-%s-%s".formatted(options.service(), objective.name(), severity));
    if (severity == Severity.TICKET) {
      group.put("interval", TICKET_INTERVAL);
    }
    group.put(
        "rules",
        Stream.concat(
                windows(severity).flatMap(window -> rules.recordings(window).stream()),
                BurnRate.of(severity).stream().map(rules::alert))
            .toList());
    return group;
  }

  /** Each window is recorded once, for the first that asks for it. */
  private static Stream<Window> windows(Severity severity) {
    Stream<Window> own = windowsOf(severity);
    return severity == Severity.PAGE
        ? own
        : own.filter(window -> windowsOf(Severity.PAGE).noneMatch(window::equals));
  }

  private static Stream<Window> windowsOf(Severity severity) {
    return BurnRate.of(severity).stream()
        .flatMap(rate -> Stream.of(rate.shortWindow(), rate.longWindow()))
        .sorted();
  }
}
