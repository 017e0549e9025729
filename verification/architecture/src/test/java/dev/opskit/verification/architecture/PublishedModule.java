package dev.opskit.verification.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module whose jar is published: one that the BOM manages. Found in the poms, so that a new
 * module is under the rules from its first day.
 */
record PublishedModule(String artifact, Path folder) {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("../..").normalize();

  static List<PublishedModule> all() {
    List<String> managed =
        PomFile.in(REPOSITORY.resolve("bom"))
            .texts("/project/dependencyManagement/dependencies/dependency/artifactId");
    List<PublishedModule> modules =
        PomFile.in(REPOSITORY).texts("/project/modules/module").stream()
            .map(REPOSITORY::resolve)
            .map(folder -> new PublishedModule(artifactIn(folder), folder))
            .filter(module -> managed.contains(module.artifact()))
            .toList();
    assertTrue(modules.size() >= 9, () -> "too few published modules were found: " + modules);
    return modules;
  }

  private static String artifactIn(Path folder) {
    return PomFile.in(folder).text("/project/artifactId");
  }

  /** {@code ops-secrets-aws} owns {@code dev.opskit.secrets.aws} and what is below it. */
  String rootPackage() {
    return "dev.opskit." + artifact.substring("ops-".length()).replace('-', '.');
  }

  String moduleName() {
    return PomFile.in(folder).text("/project/properties/automatic.module.name");
  }

  Path classes() {
    return folder.resolve("target/classes");
  }

  /** The main sources without package-info files, which say nothing about how code is cut. */
  List<Path> sources() {
    return filesBelow(folder.resolve("src/main/java"), ".java").stream()
        .filter(file -> !file.endsWith("package-info.java"))
        .toList();
  }

  /** The packages that hold classes, in the order of their names. */
  List<String> packages() {
    return filesBelow(classes(), ".class").stream()
        .map(file -> classes().relativize(file.getParent()).toString().replace('/', '.'))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<Path> filesBelow(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("build the modules first: " + folder + " cannot be read", e);
    }
  }
}
