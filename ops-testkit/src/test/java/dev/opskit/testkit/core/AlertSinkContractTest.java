package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class AlertSinkContractTest {

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements AlertSinkContract, AlertSink {
    final Map<Object, Alert> firing = new ConcurrentHashMap<>();

    @Override
    public AlertSink sink() {
      return this;
    }

    @Override
    public void raise(Alert alert) {
      firing.put(alert.key(), alert);
    }

    @Override
    public void resolve(Alert.Key key) {
      firing.remove(key);
    }

    @Override
    public Collection<Alert> firing() {
      return firing.values();
    }

    @Override
    public Duration patience() {
      return Duration.ofMillis(50);
    }
  }

  static final class LosesEverything extends Good {
    @Override
    public void raise(Alert alert) {}
  }

  static final class KeepsTheFirst extends Good {
    @Override
    public void raise(Alert alert) {
      firing.putIfAbsent(alert.key(), alert);
    }
  }

  static final class CountsRaises extends Good {
    private final List<Alert> all = new CopyOnWriteArrayList<>();

    @Override
    public void raise(Alert alert) {
      all.add(alert);
    }

    @Override
    public void resolve(Alert.Key key) {
      all.stream().filter(a -> a.key().equals(key)).findFirst().ifPresent(all::remove);
    }

    @Override
    public Collection<Alert> firing() {
      Map<Alert.Key, Alert> latest = new ConcurrentHashMap<>();
      all.forEach(alert -> latest.put(alert.key(), alert));
      return new ArrayList<>(latest.values());
    }
  }

  static final class IgnoresLabels extends Good {
    @Override
    public void raise(Alert alert) {
      firing.put(alert.name(), alert);
    }

    @Override
    public void resolve(Alert.Key key) {
      firing.remove(key.name());
    }
  }

  static final class ThrowsAtWhatItDoesNotKnow extends Good {
    @Override
    public void resolve(Alert.Key key) {
      if (firing.remove(key) == null) {
        throw new IllegalStateException("never raised");
      }
    }
  }

  static final class ResolvesOthersToo extends Good {
    @Override
    public void resolve(Alert.Key key) {
      firing.clear();
    }
  }

  static final class WaitsForTheFarEnd extends Good {
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile boolean stalled;

    @Override
    public void raise(Alert alert) {
      super.raise(alert);
      try {
        if (stalled && answer.await(1, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody answers");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void stall() {
      stalled = true;
    }
  }

  static final class CannotWriteEveryInstant extends Good {
    @Override
    public void raise(Alert alert) {
      alert.startsAt().toEpochMilli();
      super.raise(alert);
    }
  }

  static final class IsNotThreadSafe extends Good {
    private final OneAtATime state = new OneAtATime();

    @Override
    public void raise(Alert alert) {
      state.use();
      super.raise(alert);
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatLosesAlertsIsRejected() {
    assertEquals(
        List.of(
            "labelsTellAlertsApart",
            "manyThreadsRaiseAtTheSameTime",
            "raisedAgainItIsUpdated",
            "resolvedOnceItIsOverHoweverOftenItWasRaised",
            "whatIsRaisedFires",
            "whatWasNeverRaisedIsResolvedWithoutEffect"),
        failures(LosesEverything.class));
  }

  @Test
  void oneThatKeepsWhatItWasToldFirstIsRejected() {
    assertEquals(
        List.of("raisedAgainItIsUpdated", "resolvedOnceItIsOverHoweverOftenItWasRaised"),
        failures(KeepsTheFirst.class));
  }

  @Test
  void oneThatWantsAsManyResolvesAsRaisesIsRejected() {
    assertEquals(
        List.of("resolvedOnceItIsOverHoweverOftenItWasRaised"), failures(CountsRaises.class));
  }

  @Test
  void oneThatMixesAlertsUpIsRejected() {
    assertEquals(
        List.of(
            "labelsTellAlertsApart",
            "manyThreadsRaiseAtTheSameTime",
            "whatWasNeverRaisedIsResolvedWithoutEffect"),
        failures(IgnoresLabels.class));
    assertEquals(
        List.of(
            "labelsTellAlertsApart",
            "manyThreadsRaiseAtTheSameTime",
            "whatWasNeverRaisedIsResolvedWithoutEffect"),
        failures(ResolvesOthersToo.class));
  }

  @Test
  void oneThatThrowsIsRejected() {
    assertEquals(
        List.of("whatWasNeverRaisedIsResolvedWithoutEffect"),
        failures(ThrowsAtWhatItDoesNotKnow.class));
    assertEquals(
        List.of("nothingIsThrownWhateverTheAlertSays"), failures(CannotWriteEveryInstant.class));
  }

  @Test
  void oneThatWaitsForTheFarEndIsRejected() {
    assertEquals(List.of("raisingReturnsAtOnce"), failures(WaitsForTheFarEnd.class));
  }

  @Test
  void oneThatIsNotThreadSafeIsRejected() {
    assertEquals(List.of("manyThreadsRaiseAtTheSameTime"), failures(IsNotThreadSafe.class));
  }
}
