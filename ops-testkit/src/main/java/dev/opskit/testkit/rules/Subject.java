package dev.opskit.testkit.rules;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The service that is looked at: each part is read when a rule first asks for it. Asking for a part
 * that was not named, or that cannot be read, ends the rule with the reason. Confined to one
 * thread; whoever makes it closes it.
 */
final class Subject implements AutoCloseable {
  private final Parts parts;
  private @Nullable Code code;
  private @Nullable Dockerfile dockerfile;
  private @Nullable Manifests manifests;
  private @Nullable Running running;
  private @Nullable String whyNotStarted;
  private boolean isStarted;

  Subject(Parts parts) {
    this.parts = parts;
  }

  Code code() {
    if (parts.packages().isEmpty() && parts.classFolders().isEmpty()) {
      throw new NotLookedAtException("no classes were named: OpsRules.classes");
    }
    Code known = code;
    if (known == null) {
      known = new Code(importClasses());
      code = known;
    }
    if (known.classes().isEmpty()) {
      throw new IllegalArgumentException(
          "there are no classes in " + parts.packages() + parts.classFolders());
    }
    return known;
  }

  private List<JavaClass> importClasses() {
    // The rules ask what the classes name, not what is behind it: the JDK need not be read.
    JavaClasses classes =
        ArchConfiguration.withThreadLocalScope(
            configuration -> {
              configuration.setResolveMissingDependenciesFromClassPath(false);
              ClassFileImporter importer =
                  new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests());
              return parts.classFolders().isEmpty()
                  ? importer.importPackages(parts.packages())
                  : importer.importPaths(parts.classFolders());
            });
    return classes.stream()
        .filter(type -> parts.leftOut().keySet().stream().noneMatch(one -> isIn(type, one)))
        .toList();
  }

  private static boolean isIn(JavaClass type, String name) {
    return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
  }

  /** A file beside the classes. */
  Optional<Path> resource(String name) {
    if (!parts.classFolders().isEmpty()) {
      return parts.classFolders().stream()
          .map(folder -> folder.resolve(name))
          .filter(Files::exists)
          .findFirst();
    }
    URL found = Thread.currentThread().getContextClassLoader().getResource(name);
    try {
      return found == null ? Optional.empty() : Optional.of(Path.of(found.toURI()));
    } catch (URISyntaxException | FileSystemNotFoundException inAJar) {
      return Optional.empty();
    }
  }

  boolean isBackupScheduledInCode() {
    return !(parts.packages().isEmpty() && parts.classFolders().isEmpty())
        && code().knows(type -> type.matches("dev\\.opskit\\.backup\\.\\w*Schedule.*"));
  }

  Dockerfile dockerfileWithProblems() {
    Path path = parts.dockerfile();
    if (path == null) {
      throw new NotLookedAtException("no Dockerfile was named: OpsRules.dockerfile");
    }
    Dockerfile known = dockerfile;
    if (known == null) {
      known = DockerfileReader.read(path);
      dockerfile = known;
    }
    return known;
  }

  Dockerfile dockerfile() {
    Dockerfile read = dockerfileWithProblems();
    if (!read.problems().isEmpty()) {
      throw new NotLookedAtException("the Dockerfile cannot be read, see dockerfile.readable");
    }
    return read;
  }

  Manifests allManifests() {
    if (parts.manifests().isEmpty()) {
      throw new NotLookedAtException("no manifests were named: OpsRules.manifests");
    }
    Manifests known = manifests;
    if (known == null) {
      known = ManifestReader.read(parts.manifests());
      manifests = known;
    }
    return known;
  }

  Manifests manifests() {
    Manifests read = allManifests();
    // With a part of them missing, every other rule would miss something.
    if (!read.problems().isEmpty()) {
      throw new NotLookedAtException("a manifest cannot be read, see kubernetes.readable");
    }
    return read;
  }

  /** At least one. */
  List<Workload> workloads() {
    return atLeastOne(manifests().workloads(), "the manifests make no pods");
  }

  /** Those that run for ever, at least one. */
  List<Workload> servers() {
    return atLeastOne(manifests().servers(), "nothing in the manifests runs for ever");
  }

  private static List<Workload> atLeastOne(List<Workload> workloads, String otherwise) {
    if (workloads.isEmpty()) {
      throw new NotLookedAtException(otherwise);
    }
    return workloads;
  }

  Optional<String> whyNotStarted() {
    start();
    return Optional.ofNullable(whyNotStarted);
  }

  Running running() {
    start();
    Running started = running;
    if (started == null) {
      throw new NotLookedAtException(
          whyNotStarted == null
              ? "no running service was named: OpsRules.running"
              : "the service did not start, see running.starts");
    }
    return started;
  }

  private void start() {
    Callable<RunningService> starter = parts.starter();
    if (isStarted || starter == null) {
      return;
    }
    isStarted = true;
    try {
      running = new Running(starter.call());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      whyNotStarted = "does not start: " + e;
    }
  }

  @Override
  public void close() throws Exception {
    Running started = running;
    if (started != null) {
      started.service().service().close();
    }
  }
}
