package dev.opskit.verification.benchmarks.secrets;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import dev.opskit.secrets.SteppedSecrets;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Ours, with its defaults and a clock that is turned by hand. */
final class OpskitSubject implements Subject {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final String WHY = "it is compared with what was stored";

  final ManualTimeSource time = new ManualTimeSource();
  final OpsSecrets secrets;

  OpskitSubject(SecretProvider provider, Executor executor) {
    secrets =
        SteppedSecrets.of(
            OpsSecrets.builder()
                .provider(provider)
                .executor(executor)
                .time(time)
                .sensitive(new SensitiveValues())
                .leakCheck(false)
                .maxCached(1));
  }

  RotatingSecret<SecretValue> handle(String id) {
    return secrets.rotating(SecretRef.of(id), SecretType.value());
  }

  private RotatingSecret<DatabaseCredentials> login(String id) {
    return secrets.rotating(SecretRef.of(id), SecretType.databaseCredentials());
  }

  @Override
  public String read(String id) {
    return handle(id).get().reveal(WHY);
  }

  @Override
  public String readOneOfMany(String id) {
    return secrets.get(SecretRef.of(id)).reveal(WHY);
  }

  @Override
  public String password(String id) {
    return login(id).get().password().reveal(WHY);
  }

  @Override
  public String pairHeldOver(String id, Runnable happens) {
    DatabaseCredentials pair = login(id).get();
    happens.run();
    return pair.username() + "/" + pair.password().reveal(WHY);
  }

  @Override
  public void passTtl() {
    pass(TTL);
  }

  @Override
  public void pass(Duration by) {
    time.advance(by);
    SteppedSecrets.step(secrets);
  }

  @Override
  public void refresh(String id) {
    handle(id).refresh().join();
  }

  @Override
  public void logIn(String id, LoginCounter database) throws LoginCounter.Refused {
    login(id)
        .<Boolean, LoginCounter.Refused>logIn(
            version -> {
              database.open(version.value().password().reveal(WHY));
              return true;
            },
            LoginCounter.Refused.class::isInstance,
            Duration.ZERO);
  }

  @Override
  public void close() {
    secrets.close();
  }
}
