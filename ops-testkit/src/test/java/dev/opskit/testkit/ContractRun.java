package dev.opskit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs a contract on an implementation that may be broken, as JUnit would, and tells what fell. */
public final class ContractRun {
  private ContractRun() {}

  /**
   * Runs every test of a class; keep the class nested in a test, or Surefire runs it as well.
   *
   * @param contractTest implements a contract
   * @return the names of the test methods that failed, sorted
   * @throws AssertionError if nothing ran, if a test did not count, or if more than tests failed
   */
  public static List<String> failures(Class<?> contractTest) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contractTest)).build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    assertTrue(summary.getTestsFoundCount() > 0, () -> contractTest + " has no tests");
    assertEquals(
        summary.getTestsFoundCount(),
        summary.getTestsSucceededCount() + summary.getTestsFailedCount(),
        () -> contractTest + " has tests that were skipped or did not start");
    return summary.getFailures().stream()
        .map(failure -> method(failure.getTestIdentifier(), failure.getException()))
        .sorted()
        .toList();
  }

  /**
   * Fails unless each of some tests finds the fault; others may find it, too.
   *
   * @param contractTest implements a contract for something broken
   * @param byTests the names of the tests that are about the fault
   */
  public static void assertRejects(Class<?> contractTest, String... byTests) {
    List<String> fell = failures(contractTest);
    assertTrue(
        fell.containsAll(List.of(byTests)),
        () -> List.of(byTests) + " should be among what fell by " + contractTest + ": " + fell);
  }

  private static String method(TestIdentifier failed, Throwable why) {
    return failed
        .getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElseThrow(() -> new AssertionError(failed.getDisplayName() + " failed to start", why));
  }
}
