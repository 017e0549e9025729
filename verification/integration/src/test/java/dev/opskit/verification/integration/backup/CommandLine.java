package dev.opskit.verification.integration.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What everybody on the machine can read of a process. */
final class CommandLine {
  private CommandLine() {}

  static String of(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      // The JDK's own answer is cut off after 4096 bytes.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException noProcOrEndedMeanwhile) {
      return process.info().commandLine().orElse("");
    }
  }
}
