package dev.opskit.logging;

import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Whether a person is looking at standard output. */
final class Terminal {
  private Terminal() {}

  /** Since Java 22 there is a console without a terminal, too, which then says so. */
  static boolean isAttached() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException java21OrOlder) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  static Charset charset() {
    Console console = System.console();
    return console == null ? StandardCharsets.UTF_8 : console.charset();
  }
}
