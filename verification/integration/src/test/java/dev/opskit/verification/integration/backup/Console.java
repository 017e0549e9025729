package dev.opskit.verification.integration.backup;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** What is written to the console, which is where the tests log to. */
final class Console {
  private Console() {}

  static String during(Executable work) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream both = new PrintStream(seen, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      work.execute();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return seen.toString(StandardCharsets.UTF_8);
  }
}
