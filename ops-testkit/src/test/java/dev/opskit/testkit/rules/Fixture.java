package dev.opskit.testkit.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Something that keeps to a rule, or breaks it at a line with a message.
 *
 * @param rule the rule
 * @param good whether it keeps to it
 * @param line where it breaks it, 0 for no line
 * @param what what the finding says, or a part of it
 * @param text the Dockerfile, manifest or class
 */
record Fixture(String rule, boolean good, int line, String what, String text) {
  private static final String HEAD = "=== ";

  static Stream<Fixture> all() {
    return Stream.of("code", "dockerfile", "kubernetes", "running").flatMap(Fixture::in);
  }

  private static Stream<Fixture> in(String file) {
    List<Fixture> fixtures = new ArrayList<>();
    String[] parts = read(file).split("(?m)^" + HEAD);
    for (String part : List.of(parts).subList(1, parts.length)) {
      String[] headAndText = part.split("\n", 2);
      String[] words = headAndText[0].split(" ", 4);
      boolean good = words[1].equals("good");
      fixtures.add(
          new Fixture(
              words[0],
              good,
              good ? 0 : Integer.parseInt(words[2]),
              good ? "" : words[3],
              headAndText[1]));
    }
    return fixtures.stream();
  }

  private static String read(String file) {
    try (InputStream in = Fixture.class.getResourceAsStream("/rules/" + file + ".txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return rule + (good ? " good" : " bad: " + what);
  }
}
