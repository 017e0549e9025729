package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemorySecretProviderTest implements SecretProviderContract {
  private final InMemorySecretProvider provider = new InMemorySecretProvider();

  @Override
  public SecretProvider provider() {
    return provider;
  }

  @Override
  public void put(String id, byte[] value) {
    provider.put(SecretRef.of(id), value);
  }

  @Override
  public void remove(String id) {
    provider.remove(id);
  }

  @Override
  public boolean throttle() {
    provider.nextIsThrottled(null);
    return true;
  }

  @Test
  void failsAsOftenAsItWasToldAndInThatOrder() {
    provider.put("a", "hunter2hunter2");
    provider.nextIsUnavailable();
    provider.nextIsDenied();
    provider.nextIsThrottled(Duration.ofSeconds(3));

    assertThrows(SecretException.Unavailable.class, () -> provider.fetch(SecretRef.of("a")));
    assertThrows(SecretException.AccessDenied.class, () -> provider.fetch(SecretRef.of("a")));
    var throttled =
        assertThrows(SecretException.Throttled.class, () -> provider.fetch(SecretRef.of("a")));
    assertEquals(Optional.of(Duration.ofSeconds(3)), throttled.retryAfter());
    assertTrue(provider.fetch(SecretRef.of("a")).matches("hunter2hunter2"));
    assertEquals(4, provider.fetches());
  }

  @Test
  void theSameValueAgainIsNoNewVersion() {
    provider.put("a", "hunter2hunter2");
    provider.put("a", "hunter2hunter2");
    assertEquals("1", provider.fetch(SecretRef.of("a")).version());
  }

  @Test
  void hasTheStagesThatWerePut() {
    var pending = new SecretRef("a", SecretStage.PENDING);
    provider.put(pending, new byte[] {'p'});
    provider.put("a", "hunter2hunter2");

    assertTrue(provider.fetch(pending).matches("p"));
    provider.remove("a");
    assertThrows(SecretException.NotFound.class, () -> provider.fetch(pending));
  }
}
