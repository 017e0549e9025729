package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.core.time.ManualTimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(30)
class ToolProcessTest {
  private final ManualTimeSource time = new ManualTimeSource();

  @TempDir Path folder;

  @Test
  void aToolThatEndsWellGivesItsOutputAndItsWarnings() throws Exception {
    try (ToolProcess tool = start("echo data; echo 'pg_dump: warning: odd' >&2")) {
      assertEquals("data\n", output(tool));
      assertEquals("pg_dump: warning: odd", tool.awaitSuccess());
    }
  }

  @Test
  void aStatusOtherThanZeroIsAFailureHoweverGoodTheOutputLooks() throws Exception {
    try (ToolProcess tool = start("echo data; echo 'it broke' >&2; exit 3")) {
      assertEquals("data\n", output(tool));
      var failure = assertThrows(BackupUnavailableException.class, tool::awaitSuccess);
      assertEquals("pg_dump ended with status 3: it broke", failure.getMessage());
    }
  }

  @Test
  void aToolThatIsKilledIsAFailure() throws Exception {
    try (ToolProcess tool = start("echo data; kill -9 $$")) {
      assertEquals("data\n", output(tool));
      assertTrue(tool.await().wasKilled());
      assertThrows(BackupUnavailableException.class, tool::awaitSuccess);
    }
  }

  @Test
  void anErrorOnStderrIsAFailureEvenWithStatusZero() throws Exception {
    try (ToolProcess tool = start("echo 'pg_dump: error: lost' >&2; exit 0")) {
      output(tool);
      assertThrows(BackupUnavailableException.class, tool::awaitSuccess);
    }
  }

  @Test
  void muchOnStderrBlocksNobodyAndItsEndIsKept() throws Exception {
    try (ToolProcess tool =
        start("i=0; while [ $i -lt 9000 ]; do echo \"line $i ........\" >&2; i=$((i+1)); done")) {
      output(tool);
      String said = tool.awaitSuccess();
      assertTrue(said.endsWith("line 8999 ........"), said);
      assertTrue(said.length() <= 4096);
    }
  }

  @Test
  void aToolThatIsSilentForTooLongIsEnded() throws Exception {
    try (ToolProcess tool = start("sleep 60")) {
      Thread owner = Thread.currentThread();
      Thread clock =
          new Thread(
              () -> {
                // The owner has to be inside of the read before time passes.
                while (owner.isAlive() && !isReading(owner)) {
                  Thread.onSpinWait();
                }
                time.advance(Duration.ofSeconds(6));
              });
      clock.setDaemon(true);
      clock.start();
      output(tool);
      var failure = assertThrows(BackupUnavailableException.class, tool::awaitSuccess);
      assertEquals("pg_dump gave no sign of life for PT5S", failure.getMessage());
    }
  }

  @Test
  void timeThatItsReaderTakesIsNotHeldAgainstTheTool() throws Exception {
    try (ToolProcess tool = start("echo one; read answer; echo two")) {
      byte[] line = tool.stdout().readNBytes(4);
      time.advance(Duration.ofHours(1));
      tool.feed(new ByteArrayInputStream("go\n".getBytes(StandardCharsets.UTF_8)));
      assertEquals("one\n", new String(line, StandardCharsets.UTF_8));
      assertEquals("two\n", output(tool));
      tool.awaitSuccess();
    }
  }

  @Test
  void interruptingTheOwnerEndsTheTool() throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();
    Thread owner =
        new Thread(
            () -> {
              try (ToolProcess tool = start("sleep 60")) {
                output(tool);
                tool.awaitSuccess();
              } catch (InterruptedException e) {
                cancelled.set(true);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    owner.start();
    while (!isReading(owner)) {
      Thread.onSpinWait();
    }
    owner.interrupt();
    owner.join();
    assertTrue(cancelled.get());
  }

  @Test
  void whatOutlastsInterruptsGoesOnToItsEnd() throws Exception {
    try (ToolProcess tool = start("read go; sleep 0.5; echo done")) {
      tool.outlastInterrupts();
      Thread.currentThread().interrupt();
      tool.write("go\n".getBytes(StandardCharsets.UTF_8));

      assertEquals("done\n", output(tool));
      assertTrue(Thread.interrupted());
      tool.awaitSuccess();
    }
  }

  @Test
  void closingEndsTheToolAndItsChildren() throws Exception {
    List<ProcessHandle> children;
    try (ToolProcess tool = start("sleep 60 & echo ready; wait")) {
      tool.stdout().readNBytes(6);
      children = ProcessHandle.current().descendants().toList();
      assertTrue(children.size() >= 2);
    }
    for (ProcessHandle child : children) {
      child.onExit().get();
      assertFalse(child.isAlive());
    }
  }

  @Test
  void thePasswordIsInTheEnvironmentAndMaskedInWhatTheToolSays() throws Exception {
    try (ToolProcess tool = start("echo \"$PGPASSWORD\"; echo \"got $PGPASSWORD\" >&2; exit 1")) {
      assertEquals("canary-7\n", output(tool));
      var failure = assertThrows(BackupUnavailableException.class, tool::awaitSuccess);
      assertEquals("pg_dump ended with status 1: got ***", failure.getMessage());
    }
  }

  private ToolProcess start(String script) throws IOException {
    Path tool = ToolScript.write(folder.resolve("pg_dump"), script);
    return new ToolCommand(
            List.of(tool.toString()), Map.of("PGPASSWORD", "canary-7"), Duration.ofSeconds(5), time)
        .start(ProcessBuilder.Redirect.PIPE);
  }

  private static String output(ToolProcess tool) throws IOException {
    return new String(tool.stdout().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static boolean isReading(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals("java.io.FileInputStream")) {
        return true;
      }
    }
    return false;
  }
}
