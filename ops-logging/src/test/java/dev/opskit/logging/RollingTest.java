package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.masking.SensitiveValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** That what defaults.xml says of sizes and days is what logback does, with smaller numbers. */
class RollingTest {
  private static final int MAX_FILE_BYTES = 20_000;
  private static final String SECRET = "s3cr3t-value-42";

  /** Far from now, as logback sees a day pass only if its clock goes forward. */
  private static final ZonedDateTime NOON =
      LocalDateTime.of(2100, 3, 10, 12, 0).atZone(ZoneId.systemDefault());

  @TempDir private Path folder;

  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void bySizeNoLineIsLostCutOrReadable() throws Exception {
    configure("1GB");
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    int lines = 1_000;
    try (Subscription masked = SensitiveValues.shared().register(secret)) {
      for (int i = 0; i < lines; i++) {
        context.getLogger("a").atInfo().addKeyValue("i", i).log("with {} and \u001b[31m", SECRET);
        awaitRoll("combined");
      }
    }
    context.stop();

    List<Path> rolled = rolled("combined");
    assertTrue(rolled.size() >= 5, rolled::toString);
    List<Object> numbers = new ArrayList<>();
    for (Path file : rolled) {
      byte[] plain = read(file);
      assertTrue(plain.length < MAX_FILE_BYTES + EventWriter.MAX_BYTES, file + ": " + plain.length);
      numbers.addAll(numbers(plain));
    }
    numbers.addAll(numbers(read(folder.resolve("combined.log"))));
    assertEquals(lines, numbers.size());
    for (int i = 0; i < lines; i++) {
      assertEquals(i, numbers.get(i));
    }
  }

  @Test
  void byTimeEachDayHasItsFilesAndOldDaysGo() throws Exception {
    configure("1GB");
    for (int day = 0; day < 20; day++) {
      at(NOON.plusDays(day).toInstant());
      context.getLogger("a").error("day {}", day);
    }
    // The first line of a day rolls the day before, and days beyond the history are removed.
    assertEquals(days(15, 28), days("combined"));
    assertEquals(days(10, 28), days("error"));
  }

  @Test
  void theTotalOfAllFilesIsCapped() throws Exception {
    int cap = 3_000;
    configure(cap + "");
    for (int i = 0; i < 3_000; i++) {
      context.getLogger("a").atInfo().addKeyValue("i", i).log("{}", Integer.toHexString(i * 7919));
      awaitRoll("combined");
    }
    List<Path> files = rolled("combined");
    // What is being compressed while logback sums up is not in the sum until the next roll.
    long kept = 0;
    for (Path file : files.subList(0, files.size() - 1)) {
      kept += Files.size(file);
    }
    assertTrue(kept > 0 && kept <= cap, kept + " bytes are kept: " + files);
    assertFalse(files.get(0).toString().contains(".0.log"), "the oldest go first: " + files);
  }

  private void configure(String totalBytes) throws Exception {
    String defaults;
    try (InputStream in = JsonEncoder.class.getResourceAsStream("defaults.xml")) {
      defaults = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String small =
        defaults
            .replace("<maxFileSize>50MB<", "<maxFileSize>" + MAX_FILE_BYTES + "<")
            .replace("<totalSizeCap>1GB<", "<totalSizeCap>" + totalBytes + "<")
            .replace("included>", "configuration>");
    assertEquals(3, small.split("" + MAX_FILE_BYTES, -1).length, "both files are made small");
    context.setMDCAdapter(MDC.getMDCAdapter());
    context.putProperty("LOG_FOLDER", folder.toString());
    context.putProperty("LOG_CONSOLE_LEVEL", "OFF");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(small.getBytes(StandardCharsets.UTF_8)));
  }

  /** Logback's clock, which it has for tests of its own. */
  private void at(Instant time) throws ExecutionException, InterruptedException {
    for (String name : List.of("combined", "error")) {
      awaitRoll(name);
      policy(name).getTimeBasedFileNamingAndTriggeringPolicy().setCurrentTime(time.toEpochMilli());
    }
  }

  private SizeAndTimeBasedRollingPolicy<?> policy(String name) {
    RollingFileAppender<?> appender =
        (RollingFileAppender<?>) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(name);
    return (SizeAndTimeBasedRollingPolicy<?>) appender.getRollingPolicy();
  }

  /** Files are compressed and removed in the background. */
  private void awaitRoll(String name) throws ExecutionException, InterruptedException {
    for (String field : List.of("compressionFuture", "cleanUpFuture")) {
      try {
        Field hidden = TimeBasedRollingPolicy.class.getDeclaredField(field);
        hidden.setAccessible(true);
        Future<?> future = (Future<?>) hidden.get(policy(name));
        if (future != null) {
          future.get();
        }
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** In the order in which they were rolled. */
  private List<Path> rolled(String name) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "\\..*\\.\\d+\\.log\\.gz"))
          .sorted(
              Comparator.comparing((Path file) -> day(file))
                  .thenComparing(file -> Integer.parseInt(part(file, 2))))
          .toList();
    }
  }

  private List<String> days(String name) throws Exception {
    awaitRoll(name);
    return rolled(name).stream()
        .map(RollingTest::day)
        .filter(day -> day.startsWith("2100"))
        .distinct()
        .toList();
  }

  private static List<String> days(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(day -> "2100-03-" + day).toList();
  }

  private static String day(Path file) {
    return part(file, 1);
  }

  private static String part(Path file, int number) {
    return file.getFileName().toString().split("\\.")[number];
  }

  private static byte[] read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return file.toString().endsWith(".gz")
        ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
        : bytes;
  }

  private static List<Object> numbers(byte[] plain) {
    String text = new String(plain, StandardCharsets.UTF_8);
    assertFalse(text.contains("s3cr3t"), "a secret is readable");
    return text.lines()
        .map(line -> StrictJson.object(line.getBytes(StandardCharsets.UTF_8)))
        .peek(line -> assertTrue(String.valueOf(line.get("message")).startsWith("with ***")))
        .map(line -> line.get("i"))
        .toList();
  }
}
