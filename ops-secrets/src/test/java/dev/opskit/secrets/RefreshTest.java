package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.event.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a store that can do everything, and when. */
class RefreshTest {
  private final StoreOfVersions store = new StoreOfVersions();
  private final Fixture fixture = new Fixture(options -> options.provider(store));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theValueIsSentOnlyWhenTheVersionHasChanged() {
    store.put(Fixture.REF, "1", "hunter2hunter2");
    fixture.read();
    assertEquals(List.of("fetch orders/database"), store.takeJournal());
    fixture.pass(Fixture.TTL);
    fixture.pass(Fixture.TTL);
    assertEquals(
        List.of("describe orders/database", "describe orders/database"), store.takeJournal());

    store.put(Fixture.REF, "2", "correct horse");
    fixture.pass(Fixture.TTL);
    assertEquals(List.of("describe orders/database", "fetch orders/database"), store.takeJournal());
    assertEquals("correct horse", fixture.read());
  }

  @Test
  void whatMayNotBeDescribedIsFetchedAndNotDescribedAgain() {
    store.describeDenied = true;
    store.put(Fixture.REF, "1", "hunter2hunter2");
    fixture.read();
    fixture.pass(Fixture.TTL);
    fixture.pass(Fixture.TTL);
    assertEquals(
        List.of(
            "fetch orders/database",
            "describe orders/database",
            "fetch orders/database",
            "fetch orders/database"),
        store.takeJournal());
  }

  @Test
  void nearTheRotationThatTheStoreAnnouncesItIsAskedEach15Seconds() {
    store.put(Fixture.REF, "1", "hunter2hunter2");
    store.nextRotation = Optional.of(fixture.time.now().plus(Duration.ofMinutes(10)));
    fixture.read();
    fixture.pass(Duration.ofMinutes(4));
    fixture.pass(Duration.ofMinutes(1));
    store.takeJournal();

    for (int i = 0; i < 4; i++) {
      fixture.pass(Duration.ofSeconds(15));
    }
    assertEquals(4, store.takeJournal().size());
  }

  @Test
  void aStoreThatTellsOfAChangeIsAskedAtOnce() {
    store.put(Fixture.REF, "1", "hunter2hunter2");
    fixture.read();
    store.put(Fixture.REF, "2", "correct horse");
    store.watchers.get(Fixture.REF).run();
    fixture.secrets.tick();
    assertEquals("correct horse", fixture.read());

    fixture.close();
    assertEquals(List.of(Fixture.REF), store.unwatched);
  }

  @Test
  void handlesAreLoadedTogether20AtATime() {
    List<RotatingSecret<SecretValue>> handles = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      SecretRef ref = SecretRef.of("s" + i);
      store.put(ref, "1", "hunter2hunter2-" + i);
      handles.add(fixture.secrets.rotating(ref, SecretType.value()));
    }
    fixture.secrets.tick();

    List<String> journal = store.takeJournal();
    assertEquals(3, journal.size(), journal::toString);
    assertTrue(journal.stream().allMatch(call -> call.startsWith("fetchAll [")));
    fixture.secrets.awaitReady(Duration.ZERO);
    assertTrue(handles.get(44).get().matches("hunter2hunter2-44"));
    assertEquals(List.of(), store.takeJournal());
  }

  @Test
  void ofThoseLoadedTogetherEachHasItsOwnFailure() {
    SecretRef good = SecretRef.of("good");
    store.put(good, "1", "hunter2hunter2");
    fixture.secrets.rotating(good, SecretType.value());
    fixture.secrets.rotating(SecretRef.of("absent"), SecretType.value());
    fixture.secrets.rotating(SecretRef.of("left-out"), SecretType.value());
    fixture.secrets.tick();

    var e =
        assertThrows(
            SecretsNotReadyException.class, () -> fixture.secrets.awaitReady(Duration.ZERO));
    assertEquals(
        Map.of(
            SecretRef.of("absent"), "secret 'absent' (CURRENT): none",
            SecretRef.of("left-out"), "secret 'left-out' (CURRENT): the provider left it out"),
        e.missing());
    assertTrue(e.getMessage().startsWith("2 secrets are not ready: "), e.getMessage());
  }

  @Test
  void whatMayNotBeReadTogetherIsReadOneByOne() {
    store.batchFailure = new SecretException.AccessDenied(Fixture.REF, "no such right");
    for (String id : List.of("a", "b")) {
      store.put(SecretRef.of(id), "1", "hunter2hunter2");
      fixture.secrets.rotating(SecretRef.of(id), SecretType.value());
    }
    fixture.secrets.tick();
    fixture.secrets.awaitReady(Duration.ZERO);
    List<String> journal = store.takeJournal();
    assertEquals("fetchAll [a, b]", journal.get(0));
    assertEquals(3, journal.size(), journal::toString);

    for (String id : List.of("c", "d")) {
      store.put(SecretRef.of(id), "1", "hunter2hunter2");
      fixture.secrets.rotating(SecretRef.of(id), SecretType.value());
    }
    fixture.secrets.tick();
    assertEquals(2, store.takeJournal().size());
  }

  @Test
  void theFieldsAndTypesOfASecretShareOneCall() {
    store.put(Fixture.REF, "1", "{\"username\":\"u\",\"password\":\"hunter2hunter2\"}");
    var whole = fixture.secrets.rotating(Fixture.REF, SecretType.databaseCredentials());
    var field = fixture.secrets.rotating(Fixture.REF.withField("password"), SecretType.value());

    assertTrue(whole.get().password().matches("hunter2hunter2"));
    assertTrue(field.get().matches("hunter2hunter2"));
    assertTrue(fixture.secrets.get(Fixture.REF.withField("username")).matches("u"));
    assertEquals(List.of("fetch orders/database"), store.takeJournal());
    var e =
        assertThrows(
            SecretException.Malformed.class,
            () -> fixture.secrets.get(Fixture.REF.withField("pin")));
    assertEquals(
        "secret 'orders/database' (CURRENT) field 'pin': has no string field 'pin'",
        e.getMessage());
  }

  @Test
  void theSameHandleIsGivenForTheSameSecretAndType() {
    var first = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    assertTrue(first == fixture.secrets.rotating(Fixture.REF, SecretType.value()));
    assertFalse((Object) first == fixture.secrets.rotating(Fixture.REF, SecretType.apiKey()));
  }

  @Test
  void aPolicyOfItsOwnIsThatOfOneSecret() {
    StoreOfVersions other = new StoreOfVersions();
    SecretPolicy rare = SecretPolicy.defaults().withTtl(Duration.ofHours(10));
    try (Fixture mixed =
        new Fixture(options -> options.provider(other).policy(SecretRef.of("rare"), rare))) {
      other.put(Fixture.REF, "1", "hunter2hunter2");
      other.put(SecretRef.of("rare"), "1", "hunter2hunter2");
      mixed.read();
      mixed.secrets.get(SecretRef.of("rare"));
      other.takeJournal();
      mixed.pass(Duration.ofHours(1));
      assertEquals(List.of("describe orders/database"), other.takeJournal());
      mixed.pass(Duration.ofHours(7));
      assertTrue(other.takeJournal().contains("describe rare"));
    }
  }

  @Test
  void whoAsksForAnotherTypeWhileTheStoreIsLeftAloneIsToldWhy() {
    assertThrows(SecretException.NotFound.class, () -> fixture.secrets.get(Fixture.REF));
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.apiKey());
    assertThrows(SecretException.NotFound.class, handle::get);
    assertThrows(
        SecretException.NotFound.class,
        () -> fixture.secrets.get(Fixture.REF.withField("password")));
    assertEquals(List.of("fetch orders/database"), store.takeJournal());
  }

  @Test
  void aProviderThatThrowsWhenItIsToldToWatchIsNotWatched() {
    SecretProvider blind =
        new SecretProvider() {
          @Override
          public SecretValue fetch(SecretRef ref) {
            return ScriptedProvider.value(ref, "1", "hunter2hunter2");
          }

          @Override
          public Subscription watch(SecretRef ref, Runnable changed) {
            throw new IllegalStateException("no such folder");
          }
        };
    try (Fixture unwatched = new Fixture(options -> options.provider(blind))) {
      assertEquals("hunter2hunter2", unwatched.read());
      unwatched.pass(Fixture.TTL);
      assertEquals("hunter2hunter2", unwatched.read());
    }
  }

  @Test
  void theStoreIsAskedNoFasterThanTheRateHoweverMuchIsDue() {
    StoreOfVersions slow = new StoreOfVersions();
    try (Fixture paced = new Fixture(options -> options.provider(slow).rate(10, 20))) {
      for (int i = 0; i < 50; i++) {
        slow.put(SecretRef.of("s" + i), "1", "short");
        paced.secrets.get(SecretRef.of("s" + i));
      }
      slow.takeJournal();
      // The first loads have made debts, which this pays.
      paced.pass(Fixture.TTL);
      assertEquals(20, slow.takeJournal().size());
      paced.pass(Duration.ofSeconds(1));
      assertEquals(10, slow.takeJournal().size());
      paced.pass(Duration.ofSeconds(2));
      assertEquals(20, slow.takeJournal().size());
    }
  }

  @Test
  void aForcedRefreshWaitsForTheRateAndThenHappens() {
    StoreOfVersions slow = new StoreOfVersions();
    try (Fixture paced = new Fixture(options -> options.provider(slow).rate(1, 1))) {
      slow.put(Fixture.REF, "1", "hunter2hunter2");
      var handle = paced.secrets.rotating(Fixture.REF, SecretType.value());
      handle.get();
      slow.takeJournal();
      paced.time.advance(Duration.ofMillis(500));
      var forced = handle.refresh();
      paced.secrets.tick();
      assertFalse(forced.isDone());

      paced.pass(Duration.ofMillis(600));
      assertTrue(forced.isDone());
      assertEquals(List.of("describe orders/database"), slow.takeJournal());
    }
  }
}
