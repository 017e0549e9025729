package dev.opskit.verification.architecture.bad.open;

final class OpenInside {
  public static class Nested {}
}
