package dev.opskit.verification.integration;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real servers and tools that tests run against. A part that is missing skips its tests with a
 * reason; with {@code -Dopskit.require=all}, or a list of parts, it fails them instead.
 */
public final class RealParts {
  private static final List<String> REQUIRED =
      List.of(System.getProperty("opskit.require", "").split(","));

  private RealParts() {}

  /**
   * Finds an executable on the PATH, or ends the test.
   *
   * @param part the name that {@code opskit.require} knows it by
   * @param executable its file name
   * @param mend what to install
   * @return its path
   */
  public static Path executable(String part, String executable, String mend) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, executable))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseGet(
        () -> {
          missing(part, executable + " is not on the PATH; " + mend);
          throw new AssertionError("unreachable");
        });
  }

  /** Whether everything is run, however long it takes to make it ready. */
  public static boolean requiresAll() {
    return REQUIRED.contains("all");
  }

  /**
   * Ends the test because a part is missing: as a failure if it is required, else as skipped.
   *
   * @param part the name that {@code opskit.require} knows it by
   * @param why what is missing and how to mend it
   */
  public static void missing(String part, String why) {
    if (requiresAll() || REQUIRED.contains(part)) {
      fail(part + " is required here: " + why);
    }
    abort(part + " is missing: " + why);
  }
}
