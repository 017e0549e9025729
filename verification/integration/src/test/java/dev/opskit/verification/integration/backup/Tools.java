package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The PostgreSQL tools as processes. */
final class Tools {
  private static final Path VERSIONED = Path.of("/usr/lib/postgresql");

  private Tools() {}

  /** Ends the test if there are none. */
  static void require() {
    if (!isInstalledBesideThePath()) {
      RealParts.executable("postgres", "pg_dump", "install Debian's package 'postgresql-client'");
    }
  }

  /** The one that is tested against: that of the newest server beside the path, else the path's. */
  static Path pgDump() {
    if (!isInstalledBesideThePath()) {
      return Path.of("pg_dump");
    }
    try (Stream<Path> majors = Files.list(VERSIONED)) {
      return majors
          .map(major -> major.resolve("bin/pg_dump"))
          .filter(Files::isExecutable)
          .max(Comparator.comparing(tool -> major(tool)))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int major(Path tool) {
    return Integer.parseInt(VERSIONED.relativize(tool).getName(0).toString());
  }

  private static boolean isInstalledBesideThePath() {
    if (!Files.isDirectory(VERSIONED)) {
      return false;
    }
    try (Stream<Path> majors = Files.list(VERSIONED)) {
      return majors.anyMatch(major -> Files.isExecutable(major.resolve("bin/pg_dump")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that a process has started and that have not ended. */
  static List<ProcessHandle> running(ProcessHandle parent, String tool) {
    return parent
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().command().orElse("").endsWith("/" + tool))
        .toList();
  }

  /** The files, in the sense of a disk, that a process has open; pipes and sockets are none. */
  static List<Path> openFiles(ProcessHandle process) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      List<Path> files = new ArrayList<>();
      for (Path descriptor : descriptors.toList()) {
        Path file = Files.readSymbolicLink(descriptor);
        if (file.isAbsolute() && !file.startsWith("/dev")) {
          files.add(file);
        }
      }
      return files;
    } catch (IOException noProcOrEndedMeanwhile) {
      return List.of();
    }
  }

  /** Kills the one of this JVM by SIGKILL and waits for its end. */
  static void kill(String tool) {
    List<ProcessHandle> running = running(ProcessHandle.current(), tool);
    assertEquals(1, running.size(), "running: " + running);
    assertTrue(running.get(0).destroyForcibly(), "it could not be killed");
    awaitEnd(running);
  }

  static void awaitEnd(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      try {
        process.onExit().get(20, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException | InterruptedException e) {
        throw new AssertionError(process.info() + " still runs", e);
      }
    }
  }
}
