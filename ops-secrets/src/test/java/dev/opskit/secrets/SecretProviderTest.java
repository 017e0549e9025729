package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a provider does that implements nothing but fetch. */
class SecretProviderTest {
  private final SecretRef good = SecretRef.of("good");
  private final SecretRef denied = SecretRef.of("denied");
  private final SecretRef odd = SecretRef.of("odd");
  private final SecretProvider provider =
      ref -> {
        switch (ref.id()) {
          case "good":
            return ScriptedProvider.value(ref, "1", "hunter2hunter2");
          case "denied":
            throw new SecretException.AccessDenied(ref, "no such right");
          default:
            throw new IllegalStateException("hunter2hunter2");
        }
      };

  @Test
  void severalAreFetchedOneByOneAndAFailureIsThatOfItsOwnSecret() {
    var all = provider.fetchAll(List.of(denied, odd, good));

    assertEquals(List.of(denied, odd, good), List.copyOf(all.keySet()));
    var value = assertInstanceOf(SecretFetch.Fetched.class, all.get(good)).value();
    assertTrue(value.matches("hunter2hunter2"));
    var refused = assertInstanceOf(SecretFetch.Failed.class, all.get(denied)).why();
    assertInstanceOf(SecretException.AccessDenied.class, refused);
    var broken = assertInstanceOf(SecretFetch.Failed.class, all.get(odd)).why();
    assertEquals(
        "secret 'odd' (CURRENT): the provider threw IllegalStateException", broken.getMessage());
  }

  @Test
  void nothingIsDescribedAndNoChangeIsTold() {
    List<String> told = new ArrayList<>();
    assertTrue(provider.describe(good).isEmpty());
    provider.watch(good, () -> told.add("changed")).close();
    assertEquals(List.of(), told);
  }
}
