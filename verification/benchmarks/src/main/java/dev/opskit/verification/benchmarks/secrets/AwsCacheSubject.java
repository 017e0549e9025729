package dev.opskit.verification.benchmarks.secrets;

import com.amazonaws.secretsmanager.caching.SecretCache;
import com.amazonaws.secretsmanager.caching.SecretCacheConfiguration;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AWS's cache, with its defaults but for a TTL of 4 ms instead of an hour, as its clock is the
 * system's. It knows text alone: that it is JSON and that a login is tried again after a refresh is
 * the code of whoever uses it.
 */
final class AwsCacheSubject implements Subject {
  private static final Duration TTL = Duration.ofMillis(4);
  private static final JsonMapper JSON = new JsonMapper();

  final SecretCache cache;
  private final SecretCache small;

  AwsCacheSubject(Store store) {
    SecretCacheConfiguration options =
        new SecretCacheConfiguration()
            .withClient(new StoreClient(store))
            .withCacheItemTTL(TTL.toMillis());
    cache = new SecretCache(options);
    small =
        new SecretCache(
            new SecretCacheConfiguration().withClient(new StoreClient(store)).withMaxCacheSize(1));
  }

  @Override
  public String read(String id) {
    return cache.getSecretString(id);
  }

  @Override
  public String readOneOfMany(String id) {
    return small.getSecretString(id);
  }

  @Override
  public String password(String id) {
    return JSON.readTree(read(id)).get("password").asString();
  }

  @Override
  public String pairHeldOver(String id, Runnable happens) {
    String text = read(id);
    happens.run();
    JsonNode pair = JSON.readTree(text);
    return pair.get("username").asString() + "/" + pair.get("password").asString();
  }

  @Override
  public void passTtl() {
    LockSupport.parkNanos(TTL.toNanos() + Duration.ofMillis(1).toNanos());
  }

  @Override
  public void pass(Duration time) {}

  @Override
  public void refresh(String id) throws InterruptedException {
    cache.refreshNow(id);
  }

  @Override
  public void logIn(String id, LoginCounter database) throws Exception {
    try {
      database.open(password(id));
    } catch (LoginCounter.Refused e) {
      cache.refreshNow(id);
      database.open(password(id));
    }
  }

  @Override
  public void close() {
    cache.close();
    small.close();
  }
}
