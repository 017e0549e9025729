package dev.opskit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ContractRunTest {
  interface Contract {
    boolean isKept();

    @Test
    default void first() {
      assertEquals(true, isKept());
    }

    @Test
    default void second() {
      assertEquals(true, isKept());
    }
  }

  static class Keeps implements Contract {
    @Override
    public boolean isKept() {
      return true;
    }
  }

  static class Breaks implements Contract {
    @Override
    public boolean isKept() {
      return false;
    }
  }

  static class BreaksOnce extends Keeps {
    @Override
    @Test
    public void second() {
      fail();
    }
  }

  static class Skips extends Keeps {
    @Override
    @Disabled
    @Test
    public void first() {}
  }

  static class DoesNotStart extends Keeps {
    @BeforeAll
    static void start() {
      fail();
    }
  }

  static class EndsBadly extends Keeps {
    @AfterAll
    static void end() {
      fail();
    }
  }

  static class HasNoTests {}

  @Test
  void namesEachTestThatFailed() {
    assertEquals(List.of(), ContractRun.failures(Keeps.class));
    assertEquals(List.of("first", "second"), ContractRun.failures(Breaks.class));
    assertEquals(List.of("second"), ContractRun.failures(BreaksOnce.class));
  }

  @Test
  void whatDidNotRunIsNoSuccess() {
    assertThrows(AssertionError.class, () -> ContractRun.failures(Skips.class));
    assertThrows(AssertionError.class, () -> ContractRun.failures(DoesNotStart.class));
    assertThrows(AssertionError.class, () -> ContractRun.failures(EndsBadly.class));
    assertThrows(AssertionError.class, () -> ContractRun.failures(HasNoTests.class));
  }
}
