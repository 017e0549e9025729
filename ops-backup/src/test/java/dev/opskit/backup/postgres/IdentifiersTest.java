package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.backup.BackupRefusedException;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
  @Test
  void namesCannotLeaveTheirQuotes() {
    assertEquals("\"a\"\"; DROP DATABASE x; --\"", Identifiers.quoted("a\"; DROP DATABASE x; --"));
    assertEquals("'it''s'", Identifiers.literal("it's"));
    assertEquals("dbname='a\\' host=\\'evil\\\\'", Identifiers.connectionString("a' host='evil\\"));
  }

  @Test
  void namesThatTheServerWouldCutOffAreRefused() {
    assertEquals(65, Identifiers.quoted("x".repeat(63)).length());
    assertThrows(BackupRefusedException.class, () -> Identifiers.quoted("x".repeat(64)));
    assertThrows(BackupRefusedException.class, () -> Identifiers.quoted("ü".repeat(32)));
    assertThrows(BackupRefusedException.class, () -> Identifiers.quoted(""));
    assertThrows(BackupRefusedException.class, () -> Identifiers.quoted("a\0b"));
  }

  /** Between quotes all characters stand for themselves; outside of them an escape is wanted. */
  @Test
  void aPatternSelectsOneTable() {
    assertEquals("\"public\".\"orders\"", Identifiers.pattern("public", "orders"));
    assertEquals("\"A.b\".\"c*? \"\"$|x\"", Identifiers.pattern("A.b", "c*? \"$|x"));
    assertEquals("\"s\".\"caf\"\\u00e9\"\"", Identifiers.pattern("s", "café"));
    assertEquals("\"s\".\"\"\\u4f60\"\"\\u597d\"\"\"\"", Identifiers.pattern("s", "你好\""));
  }
}
