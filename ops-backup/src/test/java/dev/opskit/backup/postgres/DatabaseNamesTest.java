package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseNamesTest {
  private static final Instant NOW = Instant.parse("2026-06-15T02:00:00.123Z");

  private final DatabaseNames names = new DatabaseNames("orders");

  @Test
  void aNameTellsWhatItIsAndSinceWhen() {
    String old = names.old(NOW);

    assertTrue(old.matches("orders__old_20260615020000123_[0-9a-f]{4}"), old);
    assertEquals("orders".length() + DatabaseNames.ADDED_BYTES, old.length());
    assertEquals(Optional.of(NOW), names.replacedAt(old));
    assertFalse(names.isScratch(old));
    assertTrue(names.isScratch(names.scratch(NOW)));
    assertEquals(Optional.empty(), names.replacedAt(names.scratch(NOW)));
  }

  @Test
  void whatOthersHaveNamedIsLeftAlone() {
    assertFalse(names.isScratch("orders"));
    assertFalse(names.isScratch("orders__new_"));
    assertFalse(names.isScratch("orders__new_20260615020000123_xyzz"));
    assertFalse(names.isScratch("orders__new_20269915020000123_abcd"));
    assertFalse(names.isScratch(new DatabaseNames("my_orders").scratch(NOW)));
    assertFalse(names.isScratch(new DatabaseNames("orders__new").scratch(NOW)));
    assertFalse(new DatabaseNames("o.ders").isScratch(names.scratch(NOW)));
  }
}
