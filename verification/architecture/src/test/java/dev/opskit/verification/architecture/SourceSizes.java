package dev.opskit.verification.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How code is cut into files. */
final class SourceSizes {
  private SourceSizes() {}

  static List<String> complaints(List<Path> files) {
    List<Integer> sizes = files.stream().map(SourceSizes::lines).sorted().toList();
    String ofAll = " of " + sizes.size() + " files is ";
    return Stream.concat(
            Stream.of(
                complaint("the median" + ofAll, percentile(sizes, 50), 80),
                complaint("the 90th percentile" + ofAll, percentile(sizes, 90), 250)),
            files.stream().map(file -> complaint(file.getFileName() + " has ", lines(file), 400)))
        .filter(complaint -> !complaint.isEmpty())
        .toList();
  }

  private static String complaint(String what, int lines, int limit) {
    return lines <= limit ? "" : what + lines + " lines, at most " + limit + " are allowed";
  }

  /** The smallest size that so many percent of all do not exceed. */
  private static int percentile(List<Integer> sorted, int percent) {
    return sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }

  private static int lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return Math.toIntExact(lines.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
