package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTypesTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void databaseCredentialsSayWhatTheSecretDoesOfTheDatabase() {
    var all =
        read(
            SecretType.databaseCredentials(),
            "{\"engine\":\"postgres\",\"hostname\":\"db.example.com\",\"port\":5432,"
                + "\"database\":\"orders\",\"user\":\"u\",\"password\":\"hunter2hunter2\"}");
    assertEquals("postgres", all.engine());
    assertEquals("db.example.com", all.host());
    assertEquals(5432, all.port());
    assertEquals("orders", all.database());
    assertEquals("u", all.username());

    var least = read(SecretType.databaseCredentials(), "{\"username\":\"u\",\"password\":\"p\"}");
    assertNull(least.engine());
    assertNull(least.host());
    assertEquals(0, least.port());
    assertNull(least.database());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "\"54x32\"", "-1", "1.5", "\"\"", "999999999999"})
  void aPortThatIsNoneIsNamedAndNotQuoted(String port) {
    String json = "{\"username\":\"u\",\"password\":\"p\",\"port\":" + port + "}";
    assertEquals(
        "field 'port' is no port, 1 to 65535", refused(SecretType.databaseCredentials(), json));
  }

  @Test
  void aUserAndAPasswordForAnythingElse() {
    var login =
        read(SecretType.usernamePassword(), "{\"user\":\"u\",\"password\":\"secret-word\"}");
    assertEquals("u", login.username());
    assertTrue(login.password().matches("secret-word"));
    assertEquals(
        "has no string field 'username'",
        refused(SecretType.usernamePassword(), "{\"password\":\"hunter2hunter2\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "apiKey", "api_key", "token"})
  void anApiKeyIsReadFromAnyOfItsNames(String name) {
    var key = read(SecretType.apiKey(), "{\"keyId\":\"k1\",\"" + name + "\":\"hunter2hunter2\"}");
    assertEquals("k1", key.keyId());
    assertTrue(key.key().matches("hunter2hunter2"));
  }

  @Test
  void anApiKeyMayBeAllThatThereIs() {
    var key = read(SecretType.apiKey(), "hunter2hunter2");
    assertNull(key.keyId());
    assertTrue(key.key().matches("hunter2hunter2"));
    assertEquals("has no string field 'key'", refused(SecretType.apiKey(), "{\"k\":\"v\"}"));
    assertEquals("field 'token' is empty", refused(SecretType.apiKey(), "{\"token\":\"\"}"));
  }

  @Test
  void keyValuesAreTheStringsOfAnObject() {
    var values =
        read(SecretType.keyValues(), "{\"a\":\"first-value\",\"b\":\"second-value\",\"c\":1}");
    assertEquals(Set.of("a", "b"), values.names());
    assertTrue(values.get("b").matches("second-value"));
    var e = assertThrows(SecretException.Malformed.class, () -> values.get("c"));
    assertTrue(e.getMessage().endsWith("has no string field 'c'"), e.getMessage());
    assertFalse(values.toString().contains("value\""), values.toString());
    assertEquals("field 'b' is empty", refused(SecretType.keyValues(), "{\"a\":\"x\",\"b\":\"\"}"));
    assertEquals("is not a JSON object", refused(SecretType.keyValues(), "[]"));
  }

  @Test
  void theTextsOfTheTypesShowNothing() {
    for (Object typed :
        List.of(
            read(SecretType.apiKey(), "hunter2hunter2"),
            read(SecretType.keyValues(), "{\"a\":\"hunter2hunter2\"}"),
            read(SecretType.usernamePassword(), "{\"user\":\"u\",\"password\":\"hunter2hunter2\"}"),
            fixture.secrets.rotating(SecretRef.of("s0"), SecretType.apiKey()).snapshot(),
            fixture.secrets.rotating(SecretRef.of("s0"), SecretType.apiKey()))) {
      assertFalse(typed.toString().contains("hunter2"), typed.toString());
    }
  }

  @Test
  void whatATypeHoldsIsWipedWithItsVersionAndNotByItsReaders() {
    List<SecretValue> parts = new ArrayList<>();
    var database =
        read(
            SecretType.databaseCredentials(),
            "{\"username\":\"u\",\"password\":\"hunter2hunter2\"}");
    database.close();
    parts.add(database.password());
    parts.add(
        read(SecretType.usernamePassword(), "{\"user\":\"u\",\"password\":\"hunter2hunter2\"}")
            .password());
    parts.add(read(SecretType.apiKey(), "hunter2hunter2").key());
    parts.add(read(SecretType.keyValues(), "{\"a\":\"hunter2hunter2\"}").get("a"));
    parts.add(read(SecretType.value(), "hunter2hunter2"));
    parts.forEach(part -> part.close());
    parts.forEach(part -> assertTrue(part.matches("hunter2hunter2")));

    fixture.close();

    parts.forEach(part -> assertTrue(part.isClosed()));
  }

  @Test
  void aTypeOfTheHostsOwnIsClosedWithItsVersion() {
    List<String> closed = new ArrayList<>();
    SecretType<AutoCloseable> own = (ref, value) -> () -> closed.add(value.version());
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.secrets.rotating(Fixture.REF, own).get();
    fixture.provider.gives("2", "correct horse");
    fixture.pass(Fixture.TTL);
    assertEquals(List.of(), closed);
    fixture.pass(Fixture.GRACE);
    assertEquals(List.of("1"), closed);
  }

  @Test
  void aTypeThatThrowsOrGivesNullIsMalformedAndItsWordsAreNotShown() {
    SecretType<String> throwing =
        (ref, value) -> {
          throw new IllegalStateException(value.reveal("a test"));
        };
    assertEquals(
        "reading it as its type threw IllegalStateException", refused(throwing, "hunter2hunter2"));
    SecretType<String> empty = SecretTypesTest::nothing;
    assertEquals("reading it as its type gave null", refused(empty, "hunter2hunter2"));
  }

  @Test
  void aVersionThatTheServiceRefusesIsNotPublishedUntilItDoesNot() {
    List<ApiKey> offered = new ArrayList<>();
    boolean[] accepts = {true};
    SecretType<ApiKey> verified =
        SecretType.apiKey().verifiedBy(key -> offered.add(key) && accepts[0]);
    fixture.provider.gives("1", "hunter2hunter2");
    var handle = fixture.secrets.rotating(Fixture.REF, verified);
    assertTrue(handle.get().key().matches("hunter2hunter2"));

    accepts[0] = false;
    fixture.provider.gives("2", "correct horse");
    fixture.pass(Fixture.TTL);
    assertTrue(handle.get().key().matches("hunter2hunter2"));
    assertEquals(SecretState.STALE, handle.snapshot().state());
    assertTrue(offered.get(1).key().isClosed());

    accepts[0] = true;
    fixture.pass(Fixture.RETRY);
    assertTrue(handle.get().key().matches("correct horse"));
    assertEquals(SecretState.FRESH, handle.snapshot().state());
  }

  private <T> T read(SecretType<T> type, String text) {
    String id = "s" + fixture.provider.calls.get();
    fixture.provider.gives("1", text);
    return fixture.secrets.rotating(SecretRef.of(id), type).get();
  }

  private String refused(SecretType<?> type, String text) {
    var e = assertThrows(SecretException.Malformed.class, () -> read(type, text));
    assertNull(e.getCause());
    return e.getMessage().replaceAll("^secret '[^']*' \\(CURRENT\\): ", "");
  }

  private static String nothing(SecretRef ref, SecretValue value) {
    return null;
  }
}
