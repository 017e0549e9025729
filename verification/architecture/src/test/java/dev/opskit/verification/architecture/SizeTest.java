package dev.opskit.verification.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeTest {
  @TempDir private Path folder;

  @Test
  void sourceFilesAreShort() {
    List<Path> sources =
        PublishedModule.all().stream().flatMap(module -> module.sources().stream()).toList();
    assertEquals(List.of(), SourceSizes.complaints(sources));
  }

  @Test
  void filesAtTheLimitsAreAllowed() throws IOException {
    assertEquals(List.of(), complaints(10, 10, 10, 10, 80, 90, 90, 90, 250, 400));
  }

  @Test
  void aMedianOver80LinesIsRejected() throws IOException {
    assertEquals(
        List.of("the median of 3 files is 81 lines, at most 80 are allowed"),
        complaints(10, 81, 90));
  }

  @Test
  void aNinetiethPercentileOver250LinesIsRejected() throws IOException {
    assertEquals(
        List.of("the 90th percentile of 10 files is 251 lines, at most 250 are allowed"),
        complaints(10, 10, 10, 10, 10, 10, 10, 10, 251, 251));
  }

  @Test
  void aFileOfMoreThan400LinesIsRejected() throws IOException {
    assertEquals(
        List.of("9.java has 401 lines, at most 400 are allowed"),
        complaints(10, 10, 10, 10, 10, 10, 10, 10, 10, 401));
  }

  private List<String> complaints(int... lines) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      files.add(Files.writeString(folder.resolve(i + ".java"), "//\n".repeat(lines[i])));
    }
    return SourceSizes.complaints(files);
  }
}
