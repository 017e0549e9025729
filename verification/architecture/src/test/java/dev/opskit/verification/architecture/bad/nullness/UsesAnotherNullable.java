package dev.opskit.verification.architecture.bad.nullness;

import dev.opskit.verification.architecture.bad.homemade.Nullable;

final class UsesAnotherNullable {
  String find(@Nullable String name) {
    return String.valueOf(name);
  }
}
