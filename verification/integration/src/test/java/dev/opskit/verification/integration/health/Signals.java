package dev.opskit.verification.integration.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ProcessBuilder.Redirect;

/** Sends signals to processes that a test has started itself. */
final class Signals {
  private Signals() {}

  static void send(String signal, Process to) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(to.pid()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    assertEquals(0, kill.waitFor(), () -> "kill -" + signal + " failed");
  }
}
