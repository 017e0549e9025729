package dev.opskit.testkit.rules;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Holds the infrastructure rules against a service, as one test in its own build: its code, its
 * Dockerfile, its manifests and what it answers while it runs, each against the others. Confined to
 * one thread.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> rules() {
 *   return OpsRules.forService()
 *       .classes("com.acme.orders")
 *       .dockerfile(Path.of("deploy/Dockerfile"))
 *       .manifests(Path.of("deploy/k8s"))
 *       .running(() -> RunningService.of(service).serving(8080, service.port()))
 *       .except("kubernetes.mesh", "the cluster has no mesh")
 *       .tests();
 * }
 * }</pre>
 *
 * A part that is not named is not looked at, and its rules are skipped and say so.
 */
public final class OpsRules {
  private final List<String> packages = new ArrayList<>();
  private final List<Path> classFolders = new ArrayList<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final List<Path> manifests = new ArrayList<>();
  private final Map<String, String> exceptions = new LinkedHashMap<>();
  private @Nullable Path dockerfile;
  private @Nullable Callable<RunningService> starter;
  private @Nullable PrintStream console;
  private @Nullable Path file;
  private boolean strict;

  private OpsRules() {}

  /**
   * Rules of a service that nothing is known of yet.
   *
   * @return tell it what to look at
   */
  public static OpsRules forService() {
    return new OpsRules();
  }

  /**
   * Looks at classes on the class path, those of tests left out.
   *
   * @param packageName a package, with those below it
   * @return this
   */
  public OpsRules classes(String packageName) {
    packages.add(packageName);
    return this;
  }

  /**
   * Looks at the classes below a folder instead, and at a {@code logback.xml} in it.
   *
   * @param folder such as {@code target/classes}
   * @return this
   */
  public OpsRules classes(Path folder) {
    classFolders.add(folder);
    return this;
  }

  /**
   * Leaves classes out that are not what is deployed, such as a demo.
   *
   * @param packageName a package, with those below it
   * @param reason why; told in the report
   * @return this
   */
  public OpsRules leaveOut(String packageName, String reason) {
    leftOut.put(packageName, reason);
    return this;
  }

  /**
   * Looks at a Dockerfile.
   *
   * @param path its file
   * @return this
   */
  public OpsRules dockerfile(Path path) {
    this.dockerfile = path;
    return this;
  }

  /**
   * Looks at Kubernetes manifests; may be called several times.
   *
   * @param path a file, a folder with a kustomization, whose resources are followed, or a folder
   *     all of whose YAML files belong together
   * @return this
   */
  public OpsRules manifests(Path path) {
    manifests.add(path);
    return this;
  }

  /**
   * Starts the service and asks it.
   *
   * @param starter is called once; what it returns is closed at the end. If it throws, that is a
   *     finding
   * @return this
   */
  public OpsRules running(Callable<RunningService> starter) {
    this.starter = starter;
    return this;
  }

  /**
   * Switches a rule off.
   *
   * @param id the rule
   * @param reason why, at least ten characters; told in the report
   * @return this
   */
  public OpsRules except(String id, String reason) {
    exceptions.put(id, reason);
    return this;
  }

  /**
   * Lets findings of {@link Level#SHOULD} fail the build, too.
   *
   * @return this
   */
  public OpsRules strict() {
    this.strict = true;
    return this;
  }

  /**
   * Prints the report.
   *
   * @param console where to, {@code System.out}; not closed
   * @return this
   */
  public OpsRules printTo(PrintStream console) {
    this.console = console;
    return this;
  }

  /**
   * Writes the report as Markdown.
   *
   * @param file where to; its folder is created
   * @return this
   */
  public OpsRules reportTo(Path file) {
    this.file = file;
    return this;
  }

  /**
   * Holds all rules against the service now, and gives a test for each.
   *
   * @return tests that fail for a {@link Level#MUST} that is broken, and are aborted with the
   *     reason for what is only a warning, was skipped or is off
   * @throws IllegalArgumentException as {@link #evaluate()}
   */
  public Stream<DynamicTest> tests() {
    return evaluate().tests();
  }

  /**
   * Holds all rules against the service.
   *
   * @return what became of each
   * @throws IllegalArgumentException if nothing was named to look at, an exception is of no rule or
   *     has no reason, or there are no classes where some were named
   * @throws UncheckedIOException if the report cannot be written
   */
  public RuleReport evaluate() {
    Parts parts =
        new Parts(
            List.copyOf(packages),
            List.copyOf(classFolders),
            new LinkedHashMap<>(leftOut),
            dockerfile,
            List.copyOf(manifests),
            starter);
    parts.validate();
    Exceptions.validate(exceptions);
    RuleReport report = new RuleReport(hold(parts), leftOut, strict);
    if (console != null) {
      console.print(report.text());
    }
    write(report);
    return report;
  }

  private List<RuleResult> hold(Parts parts) {
    try (Subject subject = new Subject(parts)) {
      return Rules.all().stream()
          .map(
              rule ->
                  exceptions.containsKey(rule.id())
                      ? rule.off(exceptions.get(rule.id()))
                      : rule.hold(subject))
          .toList();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the service could not be closed", e);
    }
  }

  private void write(RuleReport report) {
    if (file == null) {
      return;
    }
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, report.markdown());
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }
}
