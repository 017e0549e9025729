package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a database holds, thing by thing: two databases are equal when these are. As text it has a
 * line for each thing, of its kind, its name and its value with tabs between them, and a last line
 * with their number.
 */
record Fingerprint(Map<Thing, String> values) {
  private static final String END = "end";
  private static final String ROWS = "rows";
  private static final String SEQUENCE = "sequence";
  private static final Set<String> OF_ROLES = Set.of("owner", "grant", "setting of a role");

  record Thing(String kind, String name) {
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  /** Sequences may have moved while the dump ran; then the value tells from where to where. */
  static Fingerprint of(
      List<List<String>> lines, List<List<String>> before, List<List<String>> after) {
    Map<Thing, String> values = new LinkedHashMap<>();
    lines.forEach(line -> put(values, line));
    Map<Thing, String> first = new LinkedHashMap<>();
    before.forEach(line -> put(first, line));
    for (List<String> line : after) {
      Thing thing = new Thing(line.get(0), line.get(1));
      String then = first.getOrDefault(thing, line.get(2));
      values.put(thing, then.equals(line.get(2)) ? then : then + " to " + line.get(2));
    }
    return new Fingerprint(values);
  }

  static Fingerprint parse(String text) {
    Map<Thing, String> values = new LinkedHashMap<>();
    String[] lines = text.split("\n", -1);
    // What follows the last line break must be nothing.
    int last = lines.length - 2;
    if (last < 0 || !lines[last + 1].isEmpty() || !lines[last].equals(end(last))) {
      throw new BackupCorruptException("the fingerprint is not complete");
    }
    for (int i = 0; i < last; i++) {
      put(values, List.of(lines[i].split("\t", -1)));
    }
    return new Fingerprint(values);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (thing, value) ->
            text.append(thing.kind())
                .append('\t')
                .append(thing.name())
                .append('\t')
                .append(value)
                .append('\n'));
    return text.append(end(values.size())).append('\n').toString();
  }

  boolean hasLargeObjects() {
    return !values.getOrDefault(new Thing(ROWS, "large objects"), "0 0").startsWith("0 ");
  }

  /** Of all tables together. */
  long rows() {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().kind().equals(ROWS))
        .mapToLong(entry -> Long.parseLong(entry.getValue().split(" ")[0]))
        .sum();
  }

  /**
   * How another database differs from this one.
   *
   * @param withRoles whether owners and grants have to be the same
   * @param sameMajor if not, how the server words a definition may have changed, and only that
   *     things are there can be compared
   */
  List<String> differences(Fingerprint other, boolean withRoles, boolean sameMajor) {
    Set<Thing> things = new HashSet<>(values.keySet());
    things.addAll(other.values.keySet());
    List<String> differences = new ArrayList<>();
    for (Thing thing : things) {
      String expected = values.get(thing);
      String found = other.values.get(thing);
      if (!withRoles && OF_ROLES.contains(thing.kind())) {
        continue;
      }
      if (expected == null) {
        differences.add(thing + " is not in the backup");
      } else if (found == null) {
        differences.add(thing + " is missing");
      } else if (!isEqual(thing.kind(), expected, found, sameMajor)) {
        differences.add("%s is '%s', was '%s'".formatted(thing, found, expected));
      }
    }
    return differences.stream().sorted().toList();
  }

  private static boolean isEqual(String kind, String expected, String found, boolean sameMajor) {
    if (expected.equals(found)) {
      return true;
    }
    if (kind.equals(SEQUENCE)) {
      return isBetween(expected, found);
    }
    return !sameMajor && !kind.equals(ROWS);
  }

  private static boolean isBetween(String range, String found) {
    String[] ends = range.split(" to ");
    if (ends.length != 2) {
      return false;
    }
    BigInteger value = number(found);
    BigInteger one = number(ends[0]);
    BigInteger two = number(ends[1]);
    return value.compareTo(one.min(two)) >= 0 && value.compareTo(one.max(two)) <= 0;
  }

  private static BigInteger number(String value) {
    return new BigInteger(value.split(" ")[0]);
  }

  private static void put(Map<Thing, String> values, List<String> line) {
    if (line.size() != 3 || values.put(new Thing(line.get(0), line.get(1)), line.get(2)) != null) {
      throw new BackupCorruptException("not a line of a fingerprint: " + line);
    }
  }

  private static String end(int lines) {
    return END + "\t" + lines;
  }
}
