package dev.opskit.testkit.secrets;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AWS Secrets Manager over HTTP on loopback, for tests: GetSecretValue, BatchGetSecretValue,
 * DescribeSecret, CreateSecret, PutSecretValue, UpdateSecretVersionStage, DeleteSecret and
 * RestoreSecret, with the service's error codes and its rules of labels. A client needs an endpoint
 * override, any region and any credentials.
 *
 * <p>Strict: an operation, a field, a header or a form that it does not know is answered with an
 * error, kept, and makes {@link #close} fail. Not checked are whether a signature is right and who
 * signed. Thread-safe; values are on the heap and in the clear.
 */
public final class FakeSecretsManager implements AutoCloseable {
  private final FakeVault vault;
  private final FakeRights rights = new FakeRights();
  private final FakeFaults faults = new FakeFaults();
  private final FakeOperations operations;
  private final FakeServer server;

  /**
   * One call that was made; never with a value.
   *
   * @param operation for example {@code GetSecretValue}
   * @param secrets the names or ARNs that it was about
   * @param answer {@code OK}, the error's code, {@code RAW} or {@code CUT}
   */
  public record Call(String operation, List<String> secrets, String answer) {}

  private FakeSecretsManager(TimeSource time) throws IOException {
    vault = new FakeVault(time);
    operations = new FakeOperations(vault, rights);
    server = new FakeServer(operations, faults);
  }

  /**
   * Starts it on a free port, with the clock of the system.
   *
   * @return running; the test closes it
   * @throws UncheckedIOException if there is no free port
   */
  public static FakeSecretsManager start() {
    return start(TimeSource.system());
  }

  /**
   * Starts it on a free port.
   *
   * @param time what it dates secrets with
   * @return running; the test closes it
   * @throws UncheckedIOException if there is no free port
   */
  public static FakeSecretsManager start(TimeSource time) {
    try {
      return new FakeSecretsManager(time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where it listens.
   *
   * @return for the client's endpoint override
   */
  public URI endpoint() {
    return server.endpoint();
  }

  /**
   * Makes a new version the current one, and creates the secret if there is none.
   *
   * @param name the secret
   * @param value 1 to 65536 bytes; sent as text if it is UTF-8, else as binary
   * @return the version's id
   */
  public String put(String name, byte[] value) {
    return putLabelled(name, value, List.of());
  }

  /**
   * Adds a version that is about to become current, as the first step of a rotation does.
   *
   * @param name the secret; it has a current version
   * @param value 1 to 65536 bytes; sent as text if it is UTF-8, else as binary
   * @return the version's id, for {@link #promote}
   */
  public String putPending(String name, byte[] value) {
    return putLabelled(name, value, List.of("AWSPENDING"));
  }

  private String putLabelled(String name, byte[] value, List<String> labels) {
    synchronized (vault) {
      FakeSecret secret = vault.findOrCreate(name);
      String id = vault.nextVersionId();
      return vault.put(secret, id, FakeVault.isText(value), value, labels).id();
    }
  }

  /**
   * Makes a version the current one, as the last step of a rotation does.
   *
   * @param name the secret
   * @param version one of its versions
   */
  public void promote(String name, String version) {
    edit(
        name,
        secret -> {
          secret.version(version).orElseThrow(() -> new IllegalArgumentException(version));
          secret.move(FakeSecret.CURRENT, version);
          secret.changed = vault.time().now();
        });
  }

  /**
   * Sets what DescribeSecret tells about rotation.
   *
   * @param name the secret
   * @param last when it was rotated, null for never
   * @param next when it will be, null if rotation is off
   */
  public void rotation(String name, @Nullable Instant last, @Nullable Instant next) {
    edit(
        name,
        secret -> {
          secret.lastRotated = last;
          secret.nextRotation = next;
        });
  }

  /**
   * Schedules a deletion: the secret is there, but gives no value.
   *
   * @param name the secret
   */
  public void scheduleDeletion(String name) {
    edit(name, secret -> secret.deletion = vault.time().now());
  }

  /**
   * Deletes a secret at once.
   *
   * @param name the secret
   */
  public void remove(String name) {
    edit(name, vault::forget);
  }

  /**
   * Lets calls go wrong, each fault for one call, in their order, before those of {@link #always}.
   *
   * @param next the faults
   */
  public void next(SecretsManagerFault... next) {
    faults.next(List.of(next));
  }

  /**
   * Lets every call go wrong.
   *
   * @param fault until {@link #heal}
   */
  public void always(SecretsManagerFault fault) {
    faults.always(fault);
  }

  /**
   * Lets every call of one operation go wrong.
   *
   * @param operation for example {@code DescribeSecret}
   * @param fault until {@link #heal}
   */
  public void always(String operation, SecretsManagerFault fault) {
    operations.requireKnown(operation);
    faults.always(operation, fault);
  }

  /**
   * Takes a right away; without GetSecretValue, BatchGetSecretValue has an error for each secret.
   *
   * @param operation for example {@code DescribeSecret}
   */
  public void deny(String operation) {
    operations.requireKnown(operation);
    rights.deny(operation);
  }

  /**
   * The same for one secret.
   *
   * @param operation for example {@code GetSecretValue}
   * @param name the secret, as the call names it
   */
  public void deny(String operation, String name) {
    operations.requireKnown(operation);
    rights.deny(operation, name);
  }

  /** Ends all faults and gives every right back. */
  public void heal() {
    faults.heal();
    rights.grantAll();
  }

  /**
   * What was called, in its order; the methods of this class are not in it.
   *
   * @return a copy
   */
  public List<Call> journal() {
    return server.journal();
  }

  /**
   * What it did not understand, and forgets it: for a test that expects it.
   *
   * @return empty if all was well
   */
  public List<String> takeComplaints() {
    return server.takeComplaints();
  }

  private void edit(String name, Consumer<FakeSecret> change) {
    synchronized (vault) {
      change.accept(vault.find(name));
    }
  }

  /**
   * Stops it. Calls that are held are let go.
   *
   * @throws AssertionError if there was a request that it did not understand
   */
  @Override
  public void close() {
    server.close();
    List<String> unexpected = takeComplaints();
    if (!unexpected.isEmpty()) {
      throw new AssertionError("requests that Secrets Manager does not have: " + unexpected);
    }
  }
}
