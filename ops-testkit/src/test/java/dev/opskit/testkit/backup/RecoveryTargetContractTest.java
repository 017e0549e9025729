package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.RecoveryTarget;
import dev.opskit.testkit.ContractRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the test that is about it. */
@Tag("once")
class RecoveryTargetContractTest {
  private static @Nullable Function<Cloud, RecoveryTarget> subject;

  static final class OfTheSubject implements RecoveryTargetContract {
    private final Cloud cloud = new Cloud();

    @Override
    public RecoveryTarget target() {
      return Objects.requireNonNull(subject).apply(cloud);
    }

    @Override
    public BackupStrategy source() {
      return new SwappingFrames();
    }

    @Override
    public Optional<String> live() {
      return Optional.ofNullable(cloud.servers.get(0).targets.get(SwappingFrames.LIVE))
          .map(List::toString);
    }
  }

  /** What is there, whoever asks. */
  static final class Cloud {
    final List<SwappingFrames> servers = new ArrayList<>();
    boolean isHandedOver;

    SwappingFrames start() {
      SwappingFrames server = new SwappingFrames();
      server.targets.clear();
      servers.add(server);
      return server;
    }
  }

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements RecoveryTarget {
    final Cloud cloud;

    Good(Cloud cloud) {
      this.cloud = cloud;
    }

    @Override
    public BackupStrategy provide() {
      return cloud.servers.isEmpty() ? cloud.start() : cloud.servers.get(0);
    }

    @Override
    public void handOver() {
      cloud.isHandedOver = true;
    }
  }

  @SuppressWarnings("NullAway") // On purpose.
  static final class SaysNothing extends Good {
    SaysNothing(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      super.provide();
      return null;
    }
  }

  static final class ReadsOtherBackups extends Good {
    ReadsOtherBackups(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      super.provide();
      return new SwappingFrames() {
        @Override
        public String format() {
          return "rows";
        }
      };
    }
  }

  static final class CannotSwap extends Good {
    CannotSwap(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      super.provide();
      return new FramedStrategy();
    }
  }

  static final class FillsThePlace extends Good {
    FillsThePlace(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      super.provide();
      cloud.servers.get(0).targets.putIfAbsent(SwappingFrames.LIVE, new ArrayList<>());
      return cloud.servers.get(0);
    }
  }

  static final class NamesAnotherPlace extends Good {
    NamesAnotherPlace(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      super.provide();
      SwappingFrames another = new SwappingFrames();
      another.targets.clear();
      return another;
    }
  }

  static final class StartsAServerEachTime extends Good {
    StartsAServerEachTime(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      return cloud.start();
    }
  }

  static final class EmptiesWhatItFinds extends Good {
    EmptiesWhatItFinds(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      super.provide();
      cloud.servers.get(0).targets.clear();
      return cloud.servers.get(0);
    }
  }

  static final class RemembersInMemory extends Good {
    private @Nullable SwappingFrames mine;

    RemembersInMemory(Cloud cloud) {
      super(cloud);
    }

    @Override
    public BackupStrategy provide() {
      if (mine == null) {
        mine = cloud.start();
      }
      return mine;
    }
  }

  static final class HandsOverOnce extends Good {
    HandsOverOnce(Cloud cloud) {
      super(cloud);
    }

    @Override
    public void handOver() {
      if (cloud.isHandedOver) {
        throw new IllegalStateException("the record exists");
      }
      super.handOver();
    }
  }

  static Stream<Arguments> brokenTargets() {
    return Stream.of(
        broken(SaysNothing::new, "itSaysHowToRestoreThereAndRestoresNothing"),
        broken(ReadsOtherBackups::new, "itSaysHowToRestoreThereAndRestoresNothing"),
        broken(CannotSwap::new, "itSaysHowToRestoreThereAndRestoresNothing"),
        broken(FillsThePlace::new, "itSaysHowToRestoreThereAndRestoresNothing"),
        broken(NamesAnotherPlace::new, "whatIsRestoredIsLiveThere"),
        broken(StartsAServerEachTime::new, "providingAgainKeepsThePlaceAndWhatWasRestored"),
        broken(EmptiesWhatItFinds::new, "providingAgainKeepsThePlaceAndWhatWasRestored"),
        broken(RemembersInMemory::new, "theNextRunnerIsGivenTheSamePlace"),
        broken(HandsOverOnce::new, "handingOverAgainIsHarmless"));
  }

  private static Arguments broken(Function<Cloud, RecoveryTarget> target, String test) {
    return Arguments.of(target.apply(new Cloud()).getClass().getSimpleName(), target, test);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTargets")
  void rejects(String fault, Function<Cloud, RecoveryTarget> broken, String test) {
    subject = broken;
    List<String> fell = ContractRun.failures(OfTheSubject.class);
    assertTrue(fell.contains(test), () -> test + " should be among " + fell);
  }

  @Test
  void acceptsATargetWithoutFault() {
    subject = Good::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
  }
}
