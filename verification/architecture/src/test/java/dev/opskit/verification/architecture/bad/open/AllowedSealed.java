package dev.opskit.verification.architecture.bad.open;

public sealed class AllowedSealed {
  static final class Only extends AllowedSealed {}
}
