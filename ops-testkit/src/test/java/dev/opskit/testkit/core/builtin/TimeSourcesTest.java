package dev.opskit.testkit.core.builtin;

import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.core.time.TimeSource;
import dev.opskit.testkit.core.TimeSourceContract;
import org.junit.jupiter.api.Nested;

class TimeSourcesTest {

  @Nested
  class OfTheSystem implements TimeSourceContract {
    @Override
    public TimeSource time() {
      return TimeSource.system();
    }
  }

  @Nested
  class OfTests implements TimeSourceContract {
    @Override
    public TimeSource time() {
      return new ManualTimeSource();
    }
  }
}
