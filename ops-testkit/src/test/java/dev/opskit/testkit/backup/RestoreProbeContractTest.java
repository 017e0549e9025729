package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.opskit.backup.RestoreProbe;
import dev.opskit.testkit.ContractRun;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the test that is about it. */
@Tag("once")
class RestoreProbeContractTest {

  /** Wants at least one line. Correct as it stands; each broken one changes one thing. */
  static class Good implements RestoreProbeContract, RestoreProbe {
    final Map<String, String> targets =
        new HashMap<>(Map.of("scratch-1", "a teapot", "scratch-2", ""));

    @Override
    public RestoreProbe probe() {
      return this;
    }

    @Override
    public String good() {
      return "scratch-1";
    }

    @Override
    public String bad() {
      return "scratch-2";
    }

    @Override
    public String fingerprint(String target) {
      return String.valueOf(targets.get(target));
    }

    @Override
    public void check(String target) throws Exception {
      if (fingerprint(target).isEmpty()) {
        throw new Exception("no order is there");
      }
    }
  }

  /** As right: the assertions of a test library are as good as exceptions. */
  static final class GoodWithAssertions extends Good {
    @Override
    public void check(String target) {
      if (fingerprint(target).isEmpty()) {
        throw new AssertionError("no order is there");
      }
    }
  }

  static final class AcceptsEverything extends Good {
    @Override
    public void check(String target) {}
  }

  static final class RefusesWithoutAWord extends Good {
    @Override
    public void check(String target) throws Exception {
      if (fingerprint(target).isEmpty()) {
        throw new Exception();
      }
    }
  }

  static final class KnowsTheLiveNameOnly extends Good {
    @Override
    public void check(String target) throws Exception {
      if (!target.equals("orders")) {
        throw new Exception("there is no " + target);
      }
    }
  }

  static final class RemembersItsVerdict extends Good {
    private final Set<String> checked = new HashSet<>();

    @Override
    public void check(String target) throws Exception {
      if (checked.add(target)) {
        super.check(target);
      }
    }
  }

  static final class WorksOnce extends Good {
    private final Set<String> created = new HashSet<>();

    @Override
    public void check(String target) throws Exception {
      super.check(target);
      if (!created.add(target)) {
        throw new Exception("table probe exists in " + target);
      }
    }
  }

  static final class LeavesATrace extends Good {
    @Override
    public void check(String target) throws Exception {
      super.check(target);
      targets.merge(target, ", probed", String::concat);
    }
  }

  static final class RepairsWhatItRefuses extends Good {
    @Override
    public void check(String target) throws Exception {
      try {
        super.check(target);
      } finally {
        targets.put(target, "a teapot");
      }
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments(AcceptsEverything.class, "badDataIsRefusedInWords"),
        arguments(RefusesWithoutAWord.class, "badDataIsRefusedInWords"),
        arguments(KnowsTheLiveNameOnly.class, "goodDataIsAccepted"),
        arguments(RemembersItsVerdict.class, "itLooksAnewEachTime"),
        arguments(WorksOnce.class, "itLooksAnewEachTime"),
        arguments(LeavesATrace.class, "theDataStaysAsItIs"),
        arguments(RepairsWhatItRefuses.class, "theDataStaysAsItIs"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void rejects(Class<?> broken, String byTest) {
    ContractRun.assertRejects(broken, byTest);
  }

  @Test
  void acceptsProbesWithoutFault() {
    assertEquals(List.of(), ContractRun.failures(Good.class));
    assertEquals(List.of(), ContractRun.failures(GoodWithAssertions.class));
  }
}
