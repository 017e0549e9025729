package dev.opskit.verification.benchmarks;

import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A log line of 430 bytes without any secret is searched for all of them: in each encoding by
 * {@link SensitiveValues}, as they are by one regular expression. The third benchmark has a line
 * with escapes, which is read more than once. To be run with {@code -prof
 * dev.opskit.verification.benchmarks.EventCost}, which tells the CPU time of a line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskingBenchmark {
  private static final int LINES = 100;

  private static final String LINE =
      "{\"timestamp\":\"2026-11-24T18:14:40.067Z\",\"level\":\"INFO\",\"service\":\"orders-service\","
          + "\"version\":\"0.1.0\",\"environment\":\"production\",\"correlationId\":"
          + "\"9f1c2b7e4d5a4c0f8e3b6a7d1c2e4f50\",\"requestId\":\"d5c1738fbd19476aa7cca78fdf74836f\","
          + "\"logger\":\"com.example.orders.Checkout\",\"thread\":\"pool-1-thread-1\",\"message\":\"order"
          + " 4711 placed by customer 1234567 in warehouse north\",\"status\":201,"
          + "\"durationMs\":81.22,\"responseBytes\":92,\"tenant\":\"acme\"}";

  private final SensitiveValues values = new SensitiveValues();
  private final byte[] line = LINE.getBytes(StandardCharsets.UTF_8);
  private final byte[] escaped = LINE.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
  private Pattern pattern = Pattern.compile("");

  /** How many values are registered. */
  @Param({"0", "10", "1000"})
  public int secrets;

  /** Draws the values. */
  @Setup
  public void register() {
    SplittableRandom random = new SplittableRandom(1);
    StringJoiner alternatives = new StringJoiner("|");
    for (int i = 0; i < secrets; i++) {
      String secret = Long.toString(random.nextLong(1L << 62), 36) + "-" + i;
      values.register(secret.getBytes(StandardCharsets.UTF_8));
      alternatives.add(Pattern.quote(secret));
    }
    pattern = Pattern.compile(secrets == 0 ? "(?!)" : alternatives.toString());
  }

  /** What each line costs. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public void sensitiveValues(Blackhole hole) {
    batch(() -> hole.consume(values.mask(line, 0, line.length)));
  }

  /** What a line of JSON inside JSON costs. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public void sensitiveValuesEscaped(Blackhole hole) {
    batch(() -> hole.consume(values.mask(escaped, 0, escaped.length)));
  }

  /** One regular expression of all the values. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public void regex(Blackhole hole) {
    batch(() -> hole.consume(pattern.matcher(LINE).replaceAll("***")));
  }

  private static void batch(Runnable line) {
    EventCost.measure(
        LINES,
        () -> {
          for (int i = 0; i < LINES; i++) {
            line.run();
          }
        });
  }
}
