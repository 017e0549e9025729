package dev.opskit.verification.integration.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.HealthCause;
import dev.opskit.health.RedisCheck;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedisFaultsIT {
  @TempDir private Path folder;

  @Test
  void aServerThatWantsAPasswordIsAuthWithoutItAndUpWithIt() throws Exception {
    try (LocalRedis redis = LocalRedis.start(folder, "--requirepass", "open-sesame")) {
      assertEquals("AUTH", LocalRedis.find(redis.check()));
      assertEquals("AUTH", LocalRedis.find(redis.check().password("wrong"::toCharArray)));
      assertEquals("UP", LocalRedis.find(redis.check().password("open-sesame"::toCharArray)));
      RedisCheck byName = redis.check().username("default").password("open-sesame"::toCharArray);
      assertEquals("UP", LocalRedis.find(byName));
    }
  }

  @Test
  void aReplicaIsUpForReadersAndReadOnlyForWriters() throws Exception {
    try (LocalRedis primary = LocalRedis.start(folder.resolve("primary"));
        LocalRedis replica =
            LocalRedis.start(
                folder.resolve("replica"),
                "--replicaof",
                "127.0.0.1",
                Integer.toString(primary.port()))) {
      assertEquals("UP", LocalRedis.find(primary.check().writable()));
      assertEquals("UP", LocalRedis.find(replica.check()));
      assertEquals("READ_ONLY", LocalRedis.find(replica.check().writable()));
    }
  }

  @Test
  void aServerThatIsKilledIsRefusedAndUpWhenItIsBack() throws Exception {
    try (LocalRedis redis = LocalRedis.start(folder)) {
      assertEquals("UP", LocalRedis.find(redis.check()));
      redis.kill();
      assertEquals("REFUSED", LocalRedis.find(redis.check()));
      redis.restart();
      assertEquals("UP", LocalRedis.find(redis.check()));
    }
  }

  @Test
  void aFrozenServerIsATimeoutAndUpWhenItThaws() throws Exception {
    try (LocalRedis redis = LocalRedis.start(folder)) {
      redis.freeze();
      RedisCheck check = redis.check();
      assertEquals(HealthCause.TIMEOUT, check.check(() -> Duration.ofMillis(200)).cause());
      redis.thaw();
      assertEquals("UP", LocalRedis.find(check));
    }
  }
}
