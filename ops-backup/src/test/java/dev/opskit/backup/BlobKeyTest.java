package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "v1/orders/chunks/x.y-z_1/00000001.zst"})
  void namesThatAreSafeAsPathsAreTaken(String name) {
    assertEquals(name, new BlobKey(name).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/.hidden",
        "a\\b",
        "a b",
        "a\nb",
        "ä",
        "a:b",
        "a%2fb"
      })
  void namesThatLeaveTheRootOrHideAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new BlobKey(name));
  }
}
