package dev.opskit.verification.architecture.bad.time;

final class ReadsMillis {
  long millis = System.currentTimeMillis();
}
