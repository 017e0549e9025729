package dev.opskit.verification.architecture.bad.nullness;

import org.jspecify.annotations.Nullable;

final class AllowedJSpecify {
  String find(@Nullable String name) {
    return String.valueOf(name);
  }
}
