package dev.opskit.verification.architecture.bad.cycle.hen;

import dev.opskit.verification.architecture.bad.cycle.egg.Egg;

public final class Hen {
  Class<?> laid = Egg.class;
}
