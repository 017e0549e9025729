package dev.opskit.examples.orders.postgres;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** A server installation: the machine's own if it has one, else the one from Maven Central. */
record PostgresBinaries(Path bin, String description) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  static PostgresBinaries find(Path directory) throws IOException {
    Path installed = installed();
    return installed != null
        ? new PostgresBinaries(installed, "the local installation in " + installed)
        : new PostgresBinaries(unpack(directory), "the binaries from Maven Central");
  }

  /** Debian keeps the server beside, not on, the PATH; the newest major wins. */
  private static @Nullable Path installed() throws IOException {
    List<Path> candidates = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> majors = Files.list(DEBIAN)) {
        majors
            .sorted(Comparator.comparing(PostgresBinaries::major).reversed())
            .forEach(major -> candidates.add(major.resolve("bin")));
      }
    }
    for (String entry : System.getenv().getOrDefault("PATH", "").split(":")) {
      candidates.add(Path.of(entry));
    }
    return candidates.stream()
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
        .findFirst()
        .orElse(null);
  }

  private static double major(Path directory) {
    try {
      return Double.parseDouble(directory.getFileName().toString());
    } catch (NumberFormatException notAVersion) {
      return 0;
    }
  }

  private static Path unpack(Path directory) throws IOException {
    String archive = "/postgres-" + platform() + ".txz";
    Path home = Files.createDirectories(directory.resolve("server"));
    try (InputStream resource = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (resource == null) {
        throw new IOException(
            "no PostgreSQL server found: install Debian's package 'postgresql', or add the"
                + " io.zonky.test.postgres binaries for this platform ("
                + archive
                + ")");
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(resource)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(home, tar, entry);
      }
    }
    return home.resolve("bin");
  }

  private static void write(Path home, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    Path target = home.resolve(entry.getName()).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("the archive names a path outside of it: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(target.getParent());
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(tar, target);
      if ((entry.getMode() & 0100) != 0) {
        target.toFile().setExecutable(true);
      }
    }
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return (os.contains("mac") ? "darwin-" : "linux-") + (arm ? "arm_64" : "x86_64");
  }

  Command command(String tool, String... arguments) {
    List<String> line = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
      line.addAll(List.of("unshare", "-U"));
    }
    line.add(bin.resolve(tool).toString());
    return new Command(line).arguments(arguments);
  }

  record Command(List<String> line) {
    Command arguments(String... more) {
      line.addAll(List.of(more));
      return this;
    }

    Process start(Path log) throws IOException {
      return new ProcessBuilder(line)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .start();
    }
  }
}
