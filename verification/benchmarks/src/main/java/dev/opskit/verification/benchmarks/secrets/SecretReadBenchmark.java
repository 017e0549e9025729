package dev.opskit.verification.benchmarks.secrets;

import com.amazonaws.secretsmanager.caching.SecretCache;
import com.amazonaws.secretsmanager.caching.SecretCacheConfiguration;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a secret that is cached and fresh: by a handle and by its name, as the value and as a user
 * with a password. AWS's cache knows text alone, so JSON is parsed at each of its reads, as in
 * AWS's own JDBC driver.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SecretReadBenchmark {
  private static final String ID = "orders/database";
  private static final String TEXT = "{\"username\":\"orders\",\"password\":\"hunter2hunter2\"}";
  private static final JsonMapper JSON = new JsonMapper();

  private final SecretRef ref = SecretRef.of(ID);
  private OpsSecrets secrets;
  private RotatingSecret<SecretValue> handle;
  private RotatingSecret<DatabaseCredentials> login;
  private SecretCache cache;

  /** A user and a password. */
  record Pair(String username, String password) {}

  /** Loads it. */
  @Setup
  public void load() {
    Store store = new Store();
    store.put(ID, "1", TEXT);
    secrets =
        OpsSecrets.builder()
            .provider(StoreProvider.of(store))
            .sensitive(new SensitiveValues())
            .ttl(Duration.ofHours(1))
            .build();
    handle = secrets.rotating(ref, SecretType.value());
    login = secrets.rotating(ref, SecretType.databaseCredentials());
    secrets.awaitReady(Duration.ofSeconds(10));
    cache = new SecretCache(new SecretCacheConfiguration().withClient(new StoreClient(store)));
  }

  /** By handle. */
  @Benchmark
  public SecretValue opskitHandle() {
    return handle.get();
  }

  /** By name. */
  @Benchmark
  public SecretValue opskitName() {
    return secrets.get(ref);
  }

  /** By name, there is no other way. */
  @Benchmark
  public String awsCache() {
    return cache.getSecretString(ID);
  }

  /** By handle, read as its type when it was loaded. */
  @Benchmark
  public DatabaseCredentials opskitCredentials() {
    return login.get();
  }

  /** By name, parsed each time. */
  @Benchmark
  public Pair awsCacheParsed() {
    JsonNode json = JSON.readTree(cache.getSecretString(ID));
    return new Pair(json.get("username").asString(), json.get("password").asString());
  }

  /** Wipes it. */
  @TearDown
  public void close() {
    secrets.close();
    cache.close();
  }
}
