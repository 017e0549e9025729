package dev.opskit.verification.architecture.bad.statics;

final class CanBeReplaced {
  static String current = "";
}
