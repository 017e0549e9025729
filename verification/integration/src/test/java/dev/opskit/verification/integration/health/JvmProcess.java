package dev.opskit.verification.integration.health;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with this test's class path, which says its ports in its first line. */
final class JvmProcess implements AutoCloseable {
  private final Process process;
  private final int[] ports;

  private JvmProcess(Process process, int[] ports) {
    this.process = process;
    this.ports = ports;
  }

  static JvmProcess start(Class<?> main, String... arguments) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(heedingInterrupts());
    command.addAll(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ports ")) {
          String[] words = line.split(" ");
          return new JvmProcess(
              process, new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2])});
        }
      }
      throw new AssertionError(main + " ended with " + process.waitFor());
    } catch (Throwable t) {
      process.destroyForcibly();
      throw t;
    }
  }

  /** A process that a shell started in the background ignores SIGINT, and so do its children. */
  private static List<String> heedingInterrupts() throws Exception {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(env);
    trial.add("true");
    Process tried = new ProcessBuilder(trial).redirectErrorStream(true).start();
    tried.getInputStream().readAllBytes();
    return tried.waitFor() == 0 ? env : List.of();
  }

  int opsPort() {
    return ports[0];
  }

  int servicePort() {
    return ports[1];
  }

  void signal(String name) throws Exception {
    Signals.send(name, process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code. */
  int awaitEnd(Duration limit) throws Exception {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + limit);
    }
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
  }
}
