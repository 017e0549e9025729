package dev.opskit.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small program in a process of its own, whose logback reads a file and the environment. */
final class LoggingProcess {
  private static final long PATIENCE_SECONDS = 300;

  final List<String> out;
  final List<String> err;
  final int status;

  private LoggingProcess(List<String> out, List<String> err, int status) {
    this.out = out;
    this.err = err;
    this.status = status;
  }

  /** The program: says three things, the last of them in JSON Lines' own words. */
  public static void main(String[] arguments) {
    Logger logger = LoggerFactory.getLogger("com.example.Shop");
    logger.debug("in detail");
    logger.info("hello");
    LoggerFactory.getLogger("com.other.Bar").warn("warned");
    System.exit(3);
  }

  static LoggingProcess run(Path folder, String configuration, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(folder, configuration, environment, command(folder));
  }

  static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
        "-cp",
        System.getProperty("java.class.path"),
        LoggingProcess.class.getName());
  }

  static LoggingProcess run(
      Path folder, String configuration, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("logback.xml"), configuration);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(LOG|SERVICE)_.*|JAVA_TOOL.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + Files.readString(out));
      }
    } finally {
      process.destroyForcibly();
    }
    return new LoggingProcess(lines(out), lines(err), process.exitValue());
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
  }
}
