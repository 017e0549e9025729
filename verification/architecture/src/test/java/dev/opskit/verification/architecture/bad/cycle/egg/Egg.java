package dev.opskit.verification.architecture.bad.cycle.egg;

import dev.opskit.verification.architecture.bad.cycle.hen.Hen;

public final class Egg {
  Class<?> becomes = Hen.class;
}
