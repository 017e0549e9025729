package dev.opskit.verification.architecture.bad.printing;

final class PrintsToErr {
  void say(String text) {
    System.err.println(text);
  }
}
