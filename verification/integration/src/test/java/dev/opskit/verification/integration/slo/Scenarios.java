package dev.opskit.verification.integration.slo;

import static dev.opskit.verification.integration.slo.Scenario.ALL;
import static dev.opskit.verification.integration.slo.Scenario.BUSY;
import static dev.opskit.verification.integration.slo.Scenario.burning;
import static dev.opskit.verification.integration.slo.Scenario.clean;
import static dev.opskit.verification.integration.slo.Scenario.quiet;

import dev.opskit.verification.integration.slo.Scenario.Phase;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can happen to a service; grouped by the step of evaluation, as promtool has one a file. */
final class Scenarios {
  private static final int HALF_A_DAY = 12 * 60;

  private Scenarios() {}

  static List<Scenario> minutes() {
    return List.of(
        minutes("total outage and recovery", clean(60), burning(20, ALL), clean(60)),
        above(Burn.TABLE.get(0), 1, 1),
        below(Burn.TABLE.get(0), 1, 1),
        minutes("never an error", clean(90)),
        minutes("quiet start", quiet(60), clean(30)),
        minutes("quiet start, then an outage", quiet(60), burning(10, ALL)),
        minutes("quiet middle", clean(20), quiet(70), clean(20)),
        minutes("one failed of one", quiet(30), new Phase(1, 1, ALL), quiet(30)),
        minutes("three failed of three", quiet(30), new Phase(1, 3, ALL), quiet(30)),
        minutes("counter reset while all is well", clean(40)).restartedAt(20),
        minutes("counter reset in an outage", clean(60), burning(20, ALL)).restartedAt(65),
        minutes("target gone", clean(40)).gone(15));
  }

  static List<Scenario> hours() {
    return List.of(above(Burn.TABLE.get(1), 5, 1), below(Burn.TABLE.get(1), 5, 1));
  }

  static List<Scenario> days() {
    return List.of(
        above(Burn.TABLE.get(2), 30, 10),
        below(Burn.TABLE.get(2), 30, 10),
        above(Burn.TABLE.get(3), 30, 10),
        below(Burn.TABLE.get(3), 30, 10),
        dayAndNight());
  }

  /** Few, but each wrong rule that was thought of gets at least one of them wrong. */
  static List<Scenario> telling() {
    return List.of(
        minutes("outage and recovery", clean(60), burning(20, ALL), clean(10)),
        minutes("quiet start", quiet(10), clean(10)),
        minutes("one failed of one", quiet(10), new Phase(1, 1, ALL), quiet(10)));
  }

  /** The table's row is exceeded by a tenth, after a long window without an error. */
  static Scenario above(Burn row, int step, int sample) {
    return burn("just above " + row.factor(), row, 1.1, step, sample);
  }

  private static Scenario below(Burn row, int step, int sample) {
    return burn("just below " + row.factor(), row, 0.9, step, sample);
  }

  private static Scenario burn(String name, Burn row, double share, int step, int sample) {
    return Scenario.of(
        name,
        step,
        sample,
        clean(row.longMinutes()),
        burning(row.longMinutes(), row.factor() * share));
  }

  /**
   * In the mean of hours, the nights would spend the budget; of all the events they are nothing.
   */
  private static Scenario dayAndNight() {
    return Scenario.of(
        "busy days, quiet bad nights",
        30,
        10,
        IntStream.range(0, 3)
            .boxed()
            .flatMap(
                day ->
                    Stream.of(new Phase(HALF_A_DAY, BUSY, 0), new Phase(HALF_A_DAY, BUSY / 50, 5)))
            .toArray(Phase[]::new));
  }

  private static Scenario minutes(String name, Phase... phases) {
    return Scenario.of(name, 1, 1, phases);
  }
}
