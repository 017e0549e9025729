package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.testkit.rules.Finding;
import dev.opskit.testkit.rules.OpsRules;
import dev.opskit.testkit.rules.RuleReport;
import dev.opskit.testkit.rules.RuleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks the files and the code of the service; each time the right rule has to say where. */
@Timeout(120)
// The rules read the same files on every JDK; the fixtures of the test kit run on all of them.
@Tag("once")
@EnabledForJreRange(max = JRE.JAVA_24)
class RulesMutationTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/opskit/examples/orders");
  private static final Path CLASSES = Path.of("target/classes");

  @TempDir private static Path shared;

  @TempDir Path folder;

  private static LocalOrders orders;

  @BeforeAll
  static void start() throws Exception {
    orders = LocalOrders.start(shared);
  }

  @AfterAll
  static void close() {
    orders.close();
  }

  static Stream<Mutation> mutations() throws Exception {
    return Mutation.all().stream();
  }

  @Test
  void thereAreAtLeast80() throws Exception {
    List<Mutation> all = Mutation.all();
    Set<String> rules =
        all.stream().flatMap(one -> one.rules().stream()).collect(Collectors.toSet());
    System.out.printf("%d mutations, caught by %d rules%n", all.size(), rules.size());
    assertTrue(all.size() >= 80, () -> all.size() + " mutations");
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void theRightRuleCatchesIt(Mutation mutation) throws IOException {
    copy(Path.of("deploy"), folder.resolve("deploy"));
    RuleReport report = mutation.isOfCode() ? ofCode(mutation) : ofFiles(mutation);
    Set<String> broken =
        report.broken().stream().map(RuleResult::id).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(mutation.rules(), broken, report::text);
    for (RuleResult result : report.broken()) {
      assertFalse(result.mend().isBlank());
      assertTrue(
          result.findings().stream().anyMatch(finding -> isThere(finding, mutation)),
          () -> "no file and line: " + result.findings());
    }
  }

  /** In the file that was broken; what is missing from it may be missed by another one. */
  private static boolean isThere(Finding finding, Mutation mutation) {
    String name = mutation.isOfCode() ? mutation.file() + "|Main.java" : ".*Dockerfile|.*\\.ya?ml";
    return finding.place().matches(".*/(?:" + name + "):[1-9][0-9]*");
  }

  private RuleReport ofFiles(Mutation mutation) throws IOException {
    Path file = folder.resolve("deploy").resolve(mutation.file());
    Files.writeString(file, mutation.applyTo(Files.readString(file)));
    OpsRules rules = OpsRules.forService().running(orders::running);
    return mutation.file().equals("Dockerfile")
        ? rules.dockerfile(file).evaluate()
        : rules.manifests(folder.resolve("deploy/k8s/overlays/production")).evaluate();
  }

  private RuleReport ofCode(Mutation mutation) throws IOException {
    Path classes = folder.resolve("classes");
    copy(CLASSES, classes);
    String text = mutation.applyTo(Files.readString(SOURCES.resolve(mutation.file())));
    Path source = Files.writeString(folder.resolve(mutation.file()), text);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-g",
                "-proc:none",
                "-cp",
                classes
                    + System.getProperty("path.separator")
                    + System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, status, "it does not compile");
    return OpsRules.forService()
        .classes(classes)
        .leaveOut("dev.opskit.examples.orders.story", "the demo, which talks to people")
        .leaveOut("dev.opskit.examples.orders.postgres", "the demo's own database server")
        .evaluate();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
