package dev.opskit.verification.architecture.bad.printing;

final class PrintsAStackTrace {
  void say(Exception failure) {
    failure.printStackTrace();
  }
}
