package dev.opskit.verification.architecture.bad.printing;

final class PrintsToOut {
  void say(String text) {
    System.out.println(text);
  }
}
