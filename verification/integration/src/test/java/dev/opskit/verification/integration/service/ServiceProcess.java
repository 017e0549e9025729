package dev.opskit.verification.integration.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference service or its story as a process of its own, with a temporary folder of its own.
 * It ends, with all that it started, when it is closed. Confined to one thread.
 */
final class ServiceProcess implements AutoCloseable {
  private static final String MAIN = "dev.opskit.examples.orders.Main";
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path temporary;
  private final Path output;
  private final Process process;
  private final Set<ProcessHandle> started = new HashSet<>();

  private ServiceProcess(Path temporary, Path output, Process process) {
    this.temporary = temporary;
    this.output = output;
    this.process = process;
  }

  static ServiceProcess start(Path folder, Map<String, String> environment, String... arguments) {
    return start(folder, List.of(), environment, arguments);
  }

  /** With something before the command line, such as {@code unshare}. */
  static ServiceProcess start(
      Path folder, List<String> before, Map<String, String> environment, String... arguments) {
    try {
      Path temporary = Files.createDirectories(folder.resolve("tmp"));
      Path output = folder.resolve("output.txt");
      List<String> line = new ArrayList<>(before);
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.add("-Djava.io.tmpdir=" + temporary);
      line.add("-cp");
      line.add(required("orders-service.jar") + ":" + required("orders-service.libraries") + "/*");
      line.add(MAIN);
      line.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.matches("(ORDERS|OPS|LOG)_.*"));
      builder.environment().putAll(environment);
      return new ServiceProcess(temporary, output, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null || !Files.exists(Path.of(value))) {
      throw new IllegalStateException(property + " is " + value + "; run it through the build");
    }
    return value;
  }

  /** The first line of the output that the pattern is found in. */
  Matcher awaitLine(Pattern pattern, Duration bound) throws InterruptedException {
    await(bound, lines -> lines.stream().anyMatch(line -> pattern.matcher(line).find()));
    return lines().stream().map(pattern::matcher).filter(Matcher::find).findFirst().orElseThrow();
  }

  /** Waits for the end, and remembers every process that was started in the meantime. */
  int awaitExit(Duration bound) throws InterruptedException {
    await(bound, lines -> !process.isAlive());
    return process.waitFor();
  }

  private void await(Duration bound, Predicate<List<String>> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!condition.test(lines())) {
      process.descendants().forEach(started::add);
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + bound + ": " + String.join("\n", lines()));
      }
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS) && !condition.test(lines())) {
        throw new AssertionError(
            "ended with " + process.exitValue() + ": " + String.join("\n", lines()));
      }
    }
  }

  List<String> lines() {
    try {
      return Files.exists(output) ? Files.readAllLines(output) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Asks it to end, as an orchestrator does. */
  void terminate() {
    process.descendants().forEach(started::add);
    process.destroy();
  }

  /** What is left of a run that is over: files and processes. */
  List<String> leftovers() {
    List<String> left = new ArrayList<>();
    try (var files = Files.list(temporary)) {
      files.forEach(file -> left.add(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // By the folder too: what was started and orphaned between two looks is in no family tree.
    ProcessHandle.allProcesses()
        .filter(
            one ->
                one.info().commandLine().orElse("").contains(temporary.toString())
                    || started.contains(one))
        .filter(ProcessHandle::isAlive)
        .forEach(one -> left.add(one.pid() + " " + one.info().commandLine().orElse("?")));
    return left;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
