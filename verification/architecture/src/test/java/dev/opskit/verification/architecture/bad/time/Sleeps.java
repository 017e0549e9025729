package dev.opskit.verification.architecture.bad.time;

final class Sleeps {
  void pause() throws InterruptedException {
    Thread.sleep(10);
  }
}
