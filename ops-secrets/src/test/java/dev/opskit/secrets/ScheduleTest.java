package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final SecretRef REF = SecretRef.of("a");
  private static final SecretException OUTAGE = new SecretException.Unavailable(REF, "HTTP 503");

  private final ManualTimeSource time = new ManualTimeSource();
  private final SecretPolicy policy = SecretPolicy.defaults().withTtl(Duration.ofHours(1));
  private final Schedule latest = new Schedule(time, () -> 0);
  private final Schedule earliest = new Schedule(time, () -> 1);

  @Test
  void aSecretIsLookedAtAgainAfter60To80PercentOfItsTtl() {
    assertEquals(Duration.ofMinutes(48), after(latest, null));
    assertEquals(Duration.ofMinutes(36), after(earliest, null));
  }

  @Test
  void nearItsRotationItIsLookedAtEach15SecondsWhicheverSideOfIt() {
    Instant now = time.now();
    for (Duration until : new Duration[] {min(5), min(1), min(0), min(-1), min(-5)}) {
      assertEquals(Duration.ofSeconds(15), after(latest, now.plus(until)), until::toString);
    }
    assertEquals(Duration.ofMillis(11250), after(earliest, now));
  }

  @Test
  void whenTheRotationComesBeforeTheNextLookItIsLookedAtWhenThatBegins() {
    assertEquals(min(1), after(latest, time.now().plus(min(6))));
    assertEquals(min(48), after(latest, time.now().plus(min(53))));
    assertEquals(min(48), after(latest, time.now().plus(Duration.ofDays(30))));
  }

  @Test
  void whenTheRotationIsLongOverdueNobodyWaitsForItAnyMore() {
    assertEquals(min(48), after(latest, time.now().minus(min(5)).minusNanos(1)));
    assertEquals(min(48), after(latest, Instant.MIN));
    assertEquals(min(48), after(latest, Instant.MAX));
  }

  @Test
  void afterFailuresThePauseDoublesUpToFiveMinutes() {
    assertEquals(Duration.ofSeconds(5), afterFailure(latest, 1, OUTAGE));
    assertEquals(Duration.ofSeconds(10), afterFailure(latest, 2, OUTAGE));
    assertEquals(Duration.ofSeconds(160), afterFailure(latest, 6, OUTAGE));
    assertEquals(min(5), afterFailure(latest, 7, OUTAGE));
    assertEquals(min(5), afterFailure(latest, Integer.MAX_VALUE, OUTAGE));
    assertEquals(Duration.ofMillis(2500), afterFailure(earliest, 1, OUTAGE));
  }

  @Test
  void theTtlIsTheLongestPauseIfItIsShorter() {
    SecretPolicy hasty = policy.withTtl(Duration.ofSeconds(8));
    assertEquals(8e9, latest.nanosAfterFailure(hasty, 9, OUTAGE));
    SecretPolicy hastier = policy.withTtl(Duration.ofSeconds(1));
    assertEquals(1e9, latest.nanosAfterFailure(hastier, 1, OUTAGE));
  }

  @Test
  void aStoreThatSaysHowLongItWantsToBeLeftAloneIs() {
    var patient = new SecretException.Throttled(REF, "slow down", min(9));
    assertEquals(min(9), afterFailure(earliest, 1, patient));
    var hasty = new SecretException.Throttled(REF, "slow down", Duration.ofMillis(1));
    assertEquals(Duration.ofSeconds(5), afterFailure(latest, 1, hasty));
  }

  @Test
  void aTtlForEverDoesNotOverflow() {
    SecretPolicy eternal = policy.withTtl(Duration.ofSeconds(Long.MAX_VALUE));
    assertEquals(
        true, latest.nanosAfterSuccess(eternal, null) > Duration.ofDays(36500).toNanos() / 2);
  }

  private Duration after(Schedule schedule, Instant rotation) {
    SecretMetadata metadata =
        new SecretMetadata("1", Optional.ofNullable(rotation), Optional.empty());
    return Duration.ofNanos(schedule.nanosAfterSuccess(policy, metadata));
  }

  private Duration afterFailure(Schedule schedule, int failures, SecretException why) {
    return Duration.ofNanos(schedule.nanosAfterFailure(policy, failures, why));
  }

  private static Duration min(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
