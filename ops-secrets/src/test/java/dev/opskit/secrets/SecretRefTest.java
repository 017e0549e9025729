package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SecretRefTest {
  @Test
  void meansTheCurrentVersionUnlessToldOtherwise() {
    assertEquals(new SecretRef("a", SecretStage.CURRENT), SecretRef.of("a"));
  }

  @Test
  void anIdHas1To512Characters() {
    assertEquals(512, SecretRef.of("a".repeat(512)).id().length());
    var none = assertThrows(IllegalArgumentException.class, () -> SecretRef.of(" "));
    assertEquals("a secret's id has 1 to 512 characters, got none", none.getMessage());
    var tooLong = assertThrows(IllegalArgumentException.class, () -> SecretRef.of("a".repeat(513)));
    assertEquals("a secret's id has 1 to 512 characters, got 513", tooLong.getMessage());
  }

  @Test
  void aFieldHas1To512CharactersAndIsNotAskedOfAProvider() {
    SecretRef field = SecretRef.of("a").withField("password");
    assertEquals(new SecretRef("a", SecretStage.CURRENT, "password"), field);
    assertEquals(SecretRef.of("a"), field.whole());
    var none = assertThrows(IllegalArgumentException.class, () -> field.withField(" "));
    assertEquals("a secret's field has 1 to 512 characters, got none", none.getMessage());
    var e = new SecretException.Malformed(field, "why");
    assertEquals("secret 'a' (CURRENT) field 'password': why", e.getMessage());
  }
}
