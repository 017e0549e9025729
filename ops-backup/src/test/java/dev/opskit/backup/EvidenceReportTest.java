package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.DrillEvidence.Check;
import dev.opskit.backup.DrillEvidence.Outcome;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceReportTest {
  private static final Duration YEAR = Duration.ofDays(365);

  private final ManualTimeSource time = new ManualTimeSource();
  private final SwappingBytes strategy = new SwappingBytes(time);

  /** As files are: a thread that is interrupted writes nothing. */
  private final MemoryStore store =
      new MemoryStore() {
        @Override
        public boolean putIfAbsent(BlobKey key, Blob blob) {
          if (Thread.currentThread().isInterrupted()) {
            throw new BackupUnavailableException("storing " + key + " was interrupted");
          }
          return super.putIfAbsent(key, blob);
        }
      };

  private final BackupService service = over(store);
  private final Restores restores = service.restores();
  private final Instant takenAt = time.now();
  private final String id;

  EvidenceReportTest() {
    strategy.bytes.with("data", new byte[] {2, 2});
    for (String fact : List.of("z", "rows", "y", "b", "a")) {
      strategy.bytes.facts.put(fact, "2");
    }
    id = service.backupNow().id();
    service.verify(id);
    time.advance(Duration.ofHours(1));
  }

  private BackupService over(BackupStore any) {
    return BackupService.builder("orders").strategy(strategy).store(any).time(time).build();
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aDrillThatPassesTellsWhatWasDone() {
    drillFor(3);

    DrillEvidence drill = only();
    assertEquals(Outcome.PASSED, drill.outcome());
    assertEquals(id, drill.backup());
    assertEquals(Optional.of(takenAt), drill.takenAt());
    assertEquals(takenAt.plus(Duration.ofHours(1)), drill.begunAt());
    assertEquals(Duration.ofSeconds(3), drill.took());
    assertEquals(Optional.empty(), drill.predicted(), "there was no drill before");
    assertEquals(2, drill.plainBytes());
    assertEquals(Optional.of(VerificationLevel.ARCHIVE), drill.verified());
    assertEquals(List.of(Check.RESTORED, Check.COMPARED, Check.PROBED), drill.checks());
    assertEquals("2", drill.facts().get("rows"));
    assertTrue(drill.by().matches("opskit .+, Java [0-9].*"), drill.by());
    String manifest = text(store.bytes(store.manifestKey()));
    assertTrue(
        manifest.endsWith("{\"sha256\":\"" + drill.manifestSha256() + "\"}\n"), manifest::toString);
  }

  @Test
  void whatWasPredictedIsShownBesideWhatItTook() {
    drillFor(4);
    time.advance(Duration.ofHours(1));
    drillFor(5);

    DrillEvidence second = report().drills().get(0);
    assertEquals(Optional.of(Duration.ofSeconds(4)), second.predicted());
    assertEquals(Duration.ofSeconds(5), second.took());
  }

  @Test
  void whateverADrillFailsOfIsShown() {
    strategy.problems.add(new BackupProblem("no space", "make room"));
    fails("no space", List.of());
    strategy.problems.clear();
    fails("too few rows", List.of(Check.RESTORED, Check.COMPARED), "too few rows");
    strategy.differences.add("rows public.orders is '1', was '2'");
    fails("1 differences: rows public.orders", List.of(Check.RESTORED));
    strategy.differences.clear();
    fails("interrupted", List.of(Check.RESTORED, Check.COMPARED), "interrupted");
    assertTrue(Thread.interrupted(), "the flag is still set");
    BlobKey chunk = store.chunkKeys().get(0);
    store.blobs.put(chunk, new byte[] {1});
    fails("chunk", List.of());
    store.blobs.put(store.manifestKey(), new byte[] {1});
    fails("SHA-256 in its last line", List.of());
    store.blobs.remove(store.manifestKey());
    fails("there is no backup", List.of());

    assertEquals(7, report().count(Outcome.FAILED));
    assertEquals(7, report().drills().size());
  }

  private void fails(String why, List<Check> done, String... probe) {
    time.advance(Duration.ofMinutes(1));
    RestoreProbe[] probes =
        List.of(probe).stream()
            .map(
                message ->
                    (RestoreProbe)
                        target -> {
                          if (message.equals("interrupted")) {
                            Thread.currentThread().interrupt();
                          }
                          throw new AssertionError(message);
                        })
            .toArray(RestoreProbe[]::new);

    assertThrows(BackupException.class, () -> restores.drill(id, probes));

    boolean interrupted = Thread.interrupted();
    DrillEvidence newest = report().drills().get(0);
    assertEquals(Outcome.FAILED, newest.outcome());
    assertEquals(id, newest.backup());
    assertTrue(newest.note().contains(why), newest.note());
    assertEquals(done, newest.checks(), why);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatNobodyHasEverTakenIsRefusedAndNotShown() {
    assertThrows(BackupRefusedException.class, () -> restores.drill("nonsense"));
    assertEquals(List.of(), report().drills());
  }

  @Test
  void aDrillWhoseProcessDiesIsShownAsUnfinished() {
    MisbehavingStore dying =
        new MisbehavingStore(store) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            if (key.value().contains("/drills/") && !key.value().contains(".begun.")) {
              throw new MortalStore.Killed();
            }
            return super.putIfAbsent(key, blob);
          }
        };
    try (BackupService other = over(dying)) {
      assertThrows(MortalStore.Killed.class, () -> other.restores().drill(id));
    }

    assertEquals(Outcome.UNFINISHED, only().outcome());
    assertEquals(id, only().backup());
    assertEquals(Optional.empty(), restores.predictedTime(id));
  }

  @Test
  void withoutANoteThatItBeginsNothingIsRestored() {
    MisbehavingStore readOnly =
        new MisbehavingStore(store) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            throw new BackupUnavailableException("read only");
          }
        };
    try (BackupService other = over(readOnly)) {
      assertThrows(BackupUnavailableException.class, () -> other.restores().drill(id));
    }
    assertEquals(0, strategy.bytes.restores);
  }

  @Test
  void whatIsDamagedOrForgedIsShownAsUnreadable() {
    drillFor(1);
    BlobKey passed = drillKeys("passed").get(0);
    byte[] good = store.bytes(passed);
    byte[] bad = good.clone();
    bad[20]++;
    store.blobs.put(passed, bad);
    assertEquals(Outcome.UNREADABLE, only().outcome());
    assertEquals(Optional.empty(), restores.predictedTime(id));
    store.blobs.put(passed, good);

    String other = "20261124T020000000Z-9f3c51e07ab2d846";
    store.blobs.put(new Layout("orders").drill(new Layout.DrillName(other, "passed")), good);
    DrillEvidence copy = report().drills().get(0);
    assertEquals(other, copy.id());
    assertEquals(Outcome.UNREADABLE, copy.outcome());
    assertTrue(copy.note().contains("another drill"), copy.note());
  }

  @Test
  void aPassBesideAFailureHidesNothingAndUnknownWordsArePassedOver() {
    assertThrows(BackupRefusedException.class, () -> restores.drill(id, target -> fail()));
    BlobKey failed = drillKeys("failed").get(0);
    for (String word : List.of("passed", "zzz")) {
      BlobKey key = new BlobKey(failed.value().replace("failed", word));
      store.blobs.put(key, store.bytes(failed));
    }
    assertEquals(Outcome.FAILED, only().outcome());
  }

  @Test
  void drillsOutliveTheirBackup() {
    drillFor(3);
    for (BlobKey key : List.copyOf(store.blobs.keySet())) {
      if (key.value().contains(id) && !key.value().contains("/drills/")) {
        store.delete(key);
      }
    }

    assertEquals(Outcome.PASSED, only().outcome());
    assertEquals(Optional.empty(), report().recoveryPoint());
    strategy.bytes.with("data", new byte[4]);
    String next = service.backupNow().id();
    assertEquals(Optional.of(Duration.ofSeconds(6)), restores.predictedTime(next));
  }

  @Test
  void theBeginningOfThePeriodIsInIt() {
    drillFor(3);
    time.advance(Duration.ofDays(1).minusSeconds(3));
    assertEquals(1, restores.evidence(Duration.ofDays(1)).drills().size());
    time.advance(Duration.ofMillis(1));
    assertEquals(0, restores.evidence(Duration.ofDays(1)).drills().size());
  }

  @Test
  void objectivesAreKeptUpToTheirLimitAndNotWithoutKnowledge() {
    EvidenceReport unknown = report().against(YEAR, YEAR);
    assertTrue(unknown.keepsRecoveryPoint());
    assertFalse(unknown.keepsRecoveryTime(), "there was no drill");
    drillFor(3);
    EvidenceReport report = report();
    assertFalse(report.keepsRecoveryPoint(), "nothing was promised");
    Duration age = Duration.ofHours(1).plusSeconds(3);
    assertEquals(Optional.of(age), report.recoveryPointAge());
    EvidenceReport kept = report.against(age, Duration.ofSeconds(3));
    assertTrue(kept.keepsRecoveryPoint() && kept.keepsRecoveryTime());
    EvidenceReport broken = report.against(age.minusMillis(1), Duration.ofMillis(2999));
    assertFalse(broken.keepsRecoveryPoint() || broken.keepsRecoveryTime());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void whatIsNotPositiveIsNamed(long seconds) {
    Duration bad = Duration.ofSeconds(seconds);
    EvidenceReport report = report();
    assertNamed("period is " + bad, () -> restores.evidence(bad));
    assertNamed("recoveryPoint is " + bad, () -> report.against(bad, YEAR));
    assertNamed("recoveryTime is " + bad, () -> report.against(YEAR, bad));
  }

  private static void assertNamed(String what, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertEquals(what + ", must be positive", message);
  }

  @Test
  void theJsonIsWhatTheGuideSays() {
    drillFor(3);
    time.advance(Duration.ofHours(1));
    EvidenceReport report = report().against(Duration.ofHours(24), Duration.ofSeconds(1));
    DrillEvidence drill = only();
    String begunAt = drill.begunAt().toString();

    String expected =
        """
        {"version":1,"kind":"drills","source":"orders","at":"%s","since":"%s","by":"BY",\
        "recoveryPoint":{"backup":"BACKUP","takenAt":"%s","ageMillis":7203000},\
        "predictedMillis":3000,\
        "objectives":{"recoveryPointMillis":86400000,"recoveryPointKept":true,\
        "recoveryTimeMillis":1000,"recoveryTimeKept":false},\
        "passed":1,"failed":0,"unfinished":0,"unreadable":0,\
        "drills":[{"drill":"DRILL","outcome":"passed","backup":"BACKUP","takenAt":"%s",\
        "begunAt":"%s","by":"BY","tookMillis":3000,"predictedMillis":null,"plainBytes":2,\
        "manifestSha256":"SHA","verified":"archive","checks":["restored","compared","probed"],\
        "facts":{"a":"2","b":"2","rows":"2","streams":"1","y":"2","z":"2"},"note":""}]}
        """
            .formatted(report.at(), report.since(), takenAt, takenAt, begunAt);
    assertEquals(
        expected,
        text(report.json())
            .replace(id, "BACKUP")
            .replace(drill.id(), "DRILL")
            .replace(drill.by(), "BY")
            .replace(drill.manifestSha256(), "SHA"));
  }

  @Test
  void equalReportsHaveEqualBytes() throws GeneralSecurityException {
    drillFor(3);
    assertThrows(BackupRefusedException.class, () -> restores.drill(id, target -> fail()));
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    EvidenceReport report = report();
    try (BackupService other = over(store)) {
      EvidenceReport again = other.restores().evidence(YEAR);
      assertArrayEquals(report.json(), again.json());
      assertArrayEquals(report.sign(keys.getPrivate()), again.sign(keys.getPrivate()));
      assertEquals(report.markdown(), again.markdown());
    }
  }

  @Test
  void theSignatureIsOfExactlyTheseBytes() throws GeneralSecurityException {
    drillFor(3);
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] json = report().json();
    byte[] signature = report().sign(keys.getPrivate());

    assertEquals(64, signature.length);
    assertTrue(isSignedBy(keys, json, signature));
    for (int i = 0; i < json.length; i++) {
      byte[] changed = json.clone();
      changed[i] ^= 1;
      assertFalse(isSignedBy(keys, changed, signature), "byte " + i);
    }
  }

  private static boolean isSignedBy(KeyPair keys, byte[] json, byte[] signature)
      throws GeneralSecurityException {
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(keys.getPublic());
    check.update(json);
    return check.verify(signature);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed448", "X25519"})
  void aKeyOfAnotherKindIsRefusedByItsKind(String kind) throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance(kind).generateKeyPair();
    EvidenceReport report = report();
    String message =
        assertThrows(IllegalArgumentException.class, () -> report.sign(keys.getPrivate()))
            .getMessage();
    assertTrue(message.contains("must be a private key of Ed25519"), message);
  }

  @Test
  void thePageForPeopleShowsFailuresAndLetsNothingBreakOut() {
    drillFor(3);
    time.advance(Duration.ofMinutes(1));
    assertThrows(
        BackupRefusedException.class,
        () ->
            restores.drill(
                id,
                target -> {
                  throw new AssertionError("a | b\n# <script>");
                }));

    String page = report().against(Duration.ofHours(2), Duration.ofSeconds(1)).markdown();

    assertTrue(page.contains("- Drills: 1 passed, 1 failed, 0 unfinished, 0 unreadable\n"), page);
    assertTrue(page.contains("so 1 h 1 min would be lost"), page);
    assertTrue(page.contains("at most 2 h 0 min lost, kept; restored within 1.0 s, **not kept**"));
    assertTrue(page.contains(" | **failed** | " + id + " | restored, compared | "), page);
    assertTrue(page.contains(" | passed | " + id + " | restored, compared, probed | 3.0 s | "));
    assertTrue(page.contains("failed: a \\| b # &lt;script>\n"), page);
  }

  private void drillFor(int seconds) {
    restores.drill(id, target -> time.advance(Duration.ofSeconds(seconds)));
  }

  private static void fail() {
    throw new IllegalStateException("too few rows");
  }

  private EvidenceReport report() {
    return restores.evidence(YEAR);
  }

  private DrillEvidence only() {
    assertEquals(1, report().drills().size());
    return report().drills().get(0);
  }

  private List<BlobKey> drillKeys(String word) {
    return store.blobs.keySet().stream()
        .filter(key -> key.value().contains("/drills/") && key.value().contains("." + word))
        .toList();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
