package dev.opskit.verification.architecture.bad.time;

import java.time.Clock;

final class MakesItsOwnClock {
  Clock clock = Clock.systemUTC();
}
