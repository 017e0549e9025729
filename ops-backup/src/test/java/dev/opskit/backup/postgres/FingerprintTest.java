package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.backup.BackupCorruptException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final List<String> ORDERS = List.of("rows", "public.orders", "3 17");
  private static final List<String> OWNER = List.of("owner", "relation public.orders", "app");
  private static final List<String> INDEX = List.of("index", "public.orders_pkey", "ab12");

  @Test
  void itIsTheSameAfterItWasWrittenAndRead() {
    Fingerprint fingerprint = of(List.of(ORDERS, OWNER, INDEX));

    assertEquals(fingerprint, Fingerprint.parse(fingerprint.text()));
    assertEquals(3, fingerprint.rows());
    assertEquals(List.of(), differences(fingerprint, Fingerprint.parse(fingerprint.text())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rows\tpublic.orders\t3 17\n",
        "rows\tpublic.orders\t3 17\nend\t2\n",
        "rows\tpublic.orders\t3 17\nend\t1",
        "rows\tpublic.orders\nend\t1\n",
        "a\tb\tc\na\tb\td\nend\t2\n"
      })
  void whatIsNotCompleteIsRejected(String text) {
    assertThrows(BackupCorruptException.class, () -> Fingerprint.parse(text));
  }

  @Test
  void whatIsMissingAddedOrChangedIsNamed() {
    Fingerprint other =
        of(
            List.of(
                List.of("rows", "public.orders", "2 5"), OWNER, List.of("view", "public.v", "cd")));

    assertEquals(
        List.of(
            "index public.orders_pkey is missing",
            "rows public.orders is '2 5', was '3 17'",
            "view public.v is not in the backup"),
        differences(of(List.of(ORDERS, OWNER, INDEX)), other));
  }

  @Test
  void withoutRolesNobodyAsksWhoOwnsWhat() {
    Fingerprint expected = of(List.of(ORDERS, OWNER));

    assertEquals(List.of(), expected.differences(of(List.of(ORDERS)), false, true));
    assertEquals(
        List.of("owner relation public.orders is missing"),
        differences(expected, of(List.of(ORDERS))));
  }

  @Test
  void onAnotherMajorVersionOnlyContentAndPresenceAreCompared() {
    Fingerprint expected = of(List.of(ORDERS, INDEX));
    Fingerprint worded = of(List.of(ORDERS, List.of("index", "public.orders_pkey", "ff")));
    Fingerprint lost = of(List.of(List.of("rows", "public.orders", "2 5")));

    assertEquals(List.of(), expected.differences(worded, true, false));
    assertEquals(1, differences(expected, worded).size());
    assertEquals(2, expected.differences(lost, true, false).size());
  }

  @Test
  void aSequenceThatMovedDuringTheDumpMayBeAnywhereInBetween() {
    Fingerprint moved =
        Fingerprint.of(List.of(ORDERS), sequence("100 called"), sequence("120 called"));

    for (String good : List.of("100 called", "111 called", "120 called")) {
      assertEquals(
          List.of(),
          differences(moved, Fingerprint.of(List.of(ORDERS), List.of(), sequence(good))));
    }
    for (String bad : List.of("99 called", "121 called")) {
      assertEquals(
          1, differences(moved, Fingerprint.of(List.of(ORDERS), List.of(), sequence(bad))).size());
    }
    Fingerprint still = Fingerprint.of(List.of(), sequence("1 next"), sequence("1 next"));
    assertEquals(
        1, differences(still, Fingerprint.of(List.of(), List.of(), sequence("1 called"))).size());
  }

  private static List<List<String>> sequence(String value) {
    return List.of(List.of("sequence", "public.orders_id_seq", value));
  }

  private static List<String> differences(Fingerprint expected, Fingerprint found) {
    return expected.differences(found, true, true);
  }

  private static Fingerprint of(List<List<String>> lines) {
    return Fingerprint.of(lines, List.of(), List.of());
  }
}
