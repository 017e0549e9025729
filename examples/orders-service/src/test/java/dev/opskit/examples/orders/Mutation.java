package dev.opskit.examples.orders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way to break the service.
 *
 * @param rules exactly those that have to be broken by it
 * @param file below {@code deploy}, or a class of the service
 * @param from what is there once or more; the first is replaced
 * @param to what stands there instead
 */
record Mutation(Set<String> rules, String file, String from, String to) {
  /**
   * Blocks of {@code mutations.txt}: {@code ## rules, file, minus lines, plus lines}. A line may
   * leave out its beginning and its end.
   */
  static List<Mutation> all() throws Exception {
    List<Mutation> all = new ArrayList<>();
    String text;
    try (var in = Mutation.class.getResourceAsStream("mutations.txt")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String block : text.split("(?m)^## ")) {
      List<String> lines = block.lines().toList();
      if (lines.isEmpty() || lines.get(0).startsWith("#")) {
        continue;
      }
      String[] head = lines.get(0).split(" in ");
      all.add(
          new Mutation(
              new TreeSet<>(List.of(head[0].split(", "))),
              head[1],
              sides(lines, '-'),
              sides(lines, '+')));
    }
    return all;
  }

  private static String sides(List<String> lines, char sign) {
    List<String> side =
        lines.stream()
            .filter(line -> !line.isEmpty() && line.charAt(0) == sign)
            .map(line -> line.substring(1))
            .toList();
    return String.join("\n", side);
  }

  boolean isOfCode() {
    return file.endsWith(".java");
  }

  String applyTo(String text) {
    int at = text.indexOf(from);
    if (at < 0) {
      throw new AssertionError("'" + from + "' is not in " + file);
    }
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  @Override
  public String toString() {
    return String.join(", ", rules) + " in " + file + ": " + to.strip();
  }
}
