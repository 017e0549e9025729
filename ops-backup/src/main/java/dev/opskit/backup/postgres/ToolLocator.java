package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.core.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds pg_dump, pg_restore and psql of a wanted major version.
 *
 * <p>A major version has to fit exactly where data goes to or comes from a server: an older pg_dump
 * refuses a newer server, and a newer one writes settings that an older server rejects at the
 * restore, months later.
 */
final class ToolLocator {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");
  private static final int ANY = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where packages put each major version: Debian, Red Hat, Homebrew. */
  private static final List<String> VERSIONED =
      List.of("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt");

  private final List<Path> folders;
  private final TimeSource time;

  /** What is first in the folders is found first. */
  ToolLocator(List<Path> folders, TimeSource time) {
    this.folders = List.copyOf(folders);
    this.time = time;
  }

  static ToolLocator in(Path folder, TimeSource time) {
    return new ToolLocator(List.of(folder), time);
  }

  /** Versioned folders come first: what is on the path may be a wrapper that chooses by itself. */
  static ToolLocator ofSystem(TimeSource time) {
    Set<Path> folders = new LinkedHashSet<>();
    VERSIONED.forEach(parent -> folders.addAll(versioned(Path.of(parent))));
    String path = System.getenv("PATH");
    if (path != null) {
      for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
        if (!folder.isBlank()) {
          folders.add(Path.of(folder));
        }
      }
    }
    return new ToolLocator(List.copyOf(folders), time);
  }

  PgTools exactly(int major) throws IOException, InterruptedException {
    Optional<PgTools> tools = first(found -> found.major() == major);
    if (tools.isEmpty()) {
      throw missing("of major version " + major, major, found());
    }
    return tools.get();
  }

  /** An archive is read by tools of the version that wrote it, or a newer one. */
  PgTools atLeast(int major) throws IOException, InterruptedException {
    List<PgTools> found = found();
    return found.stream()
        .filter(tools -> tools.major() >= major)
        .min(Comparator.comparingInt(PgTools::major))
        .orElseThrow(() -> missing("of major version " + major + " or newer", major, found));
  }

  /** Of any version, for what every version can do. */
  PgTools any() throws IOException, InterruptedException {
    return first(tools -> true)
        .orElseThrow(() -> missing("of the server's major version", ANY, List.of()));
  }

  private BackupRefusedException missing(String wanted, int major, List<PgTools> found) {
    String versions = found.stream().map(PgTools::version).collect(Collectors.joining(", "));
    return new BackupRefusedException(
        "pg_dump, pg_restore and psql %s are needed, found: %s; install postgresql-client%s"
            .formatted(
                wanted, versions.isEmpty() ? "none" : versions, major == ANY ? "" : "-" + major));
  }

  private Optional<PgTools> first(Predicate<PgTools> fits)
      throws IOException, InterruptedException {
    for (Path folder : folders) {
      Optional<PgTools> tools = in(folder).filter(fits);
      if (tools.isPresent()) {
        return tools;
      }
    }
    return Optional.empty();
  }

  private List<PgTools> found() throws IOException, InterruptedException {
    List<PgTools> found = new ArrayList<>();
    for (Path folder : folders) {
      in(folder).ifPresent(found::add);
    }
    return found;
  }

  /** Asked each time, as tools are upgraded while a service runs. */
  private Optional<PgTools> in(Path folder) throws IOException, InterruptedException {
    Path pgDump = folder.resolve("pg_dump");
    Path pgRestore = folder.resolve("pg_restore");
    Path psql = folder.resolve("psql");
    if (!Stream.of(pgDump, pgRestore, psql).allMatch(Files::isExecutable)) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(versionOf(pgDump));
    return version.find()
        ? Optional.of(
            new PgTools(
                pgDump, pgRestore, psql, version.group(1), Integer.parseInt(version.group(2))))
        : Optional.empty();
  }

  private String versionOf(Path tool) throws IOException, InterruptedException {
    try (ToolProcess process =
        new ToolCommand(List.of(tool.toString(), "--version"), Map.of(), PATIENCE, time)
            .start(ProcessBuilder.Redirect.PIPE)) {
      return new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Path> versioned(Path parent) {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
      for (Path child : children) {
        if (child.getFileName().toString().matches("\\d+|pgsql-\\d+|postgresql@\\d+|libpq")) {
          folders.add(child.resolve("bin"));
        }
      }
    } catch (IOException notThere) {
      return List.of();
    }
    // The newest first; no major version has more than two digits.
    folders.sort(Comparator.reverseOrder());
    return folders;
  }
}
