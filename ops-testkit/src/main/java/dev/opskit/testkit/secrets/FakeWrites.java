package dev.opskit.testkit.secrets;

import dev.opskit.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operations that a rotation needs, and a test to set the scene. */
final class FakeWrites {
  private final FakeVault vault;

  FakeWrites(FakeVault vault) {
    this.vault = vault;
  }

  AwsAnswer create(AwsCall call) {
    call.allow("Name", "ClientRequestToken", "Description", "SecretString", "SecretBinary");
    FakeSecret secret = vault.create(call.text("Name"));
    JsonWriter json = named(secret);
    if (call.optional("SecretString").isPresent() || call.optional("SecretBinary").isPresent()) {
      json.name("VersionId").value(put(secret, call, List.of()).id());
    }
    return AwsAnswer.of(json.endObject());
  }

  AwsAnswer put(AwsCall call) {
    call.allow("SecretId", "ClientRequestToken", "SecretString", "SecretBinary", "VersionStages");
    FakeSecret secret = vault.findUsable(call.text("SecretId"));
    FakeSecret.Version version = put(secret, call, call.list("VersionStages"));
    JsonWriter json = named(secret).name("VersionId").value(version.id());
    json.name("VersionStages").beginArray();
    secret.labelsOf(version.id()).forEach(json::value);
    return AwsAnswer.of(json.endArray().endObject());
  }

  private FakeSecret.Version put(FakeSecret secret, AwsCall call, List<String> labels) {
    Optional<byte[]> text =
        call.optional("SecretString").map(string -> string.getBytes(StandardCharsets.UTF_8));
    Optional<byte[]> binary = call.binary("SecretBinary");
    if (text.isPresent() == binary.isPresent()) {
      throw AwsError.request("You must provide either SecretString or SecretBinary.");
    }
    String token = call.text("ClientRequestToken");
    if (!token.matches(".{32,64}")) {
      throw AwsError.parameter("ClientRequestToken must have 32 to 64 characters.");
    }
    return vault.put(secret, token, text.isPresent(), text.or(() -> binary).get(), labels);
  }

  AwsAnswer updateStage(AwsCall call) {
    call.allow("SecretId", "VersionStage", "MoveToVersionId", "RemoveFromVersionId");
    FakeSecret secret = vault.findUsable(call.text("SecretId"));
    String label = call.text("VersionStage");
    Optional<String> from = call.optional("RemoveFromVersionId");
    Optional<String> to = call.optional("MoveToVersionId");
    Optional<String> carrier = secret.carrier(label);
    if (to.isPresent() && secret.version(to.get()).isEmpty()) {
      throw AwsError.notFound("Secrets Manager can't find the version to move the label to.");
    }
    if (carrier.isPresent() && !carrier.equals(to) && from.isEmpty()) {
      throw AwsError.parameter(
          "The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached to version %s, so you must explicitly reference that version in RemoveFromVersionId."
              .formatted(label, carrier.get()));
    }
    if (from.isPresent() && !from.equals(carrier)) {
      throw AwsError.parameter(
          "Staging label " + label + " is not attached to the version in RemoveFromVersionId.");
    }
    if (to.isEmpty() && label.equals(FakeSecret.CURRENT)) {
      throw AwsError.parameter("You can only move staging label AWSCURRENT to another version.");
    }
    to.ifPresentOrElse(id -> secret.move(label, id), () -> secret.unlabel(label));
    secret.changed = vault.time().now();
    return AwsAnswer.of(named(secret).endObject());
  }

  AwsAnswer delete(AwsCall call) {
    call.allow("SecretId", "RecoveryWindowInDays", "ForceDeleteWithoutRecovery");
    boolean force = call.flag("ForceDeleteWithoutRecovery");
    Optional<Long> days = call.number("RecoveryWindowInDays");
    if (force && days.isPresent()) {
      throw AwsError.parameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days.isPresent() && (days.get() < 7 || days.get() > 30)) {
      throw AwsError.parameter("RecoveryWindowInDays must be 7 to 30 days.");
    }
    FakeSecret secret = force ? vault.find(call.text("SecretId")) : usable(call);
    secret.deletion = vault.time().now().plus(Duration.ofDays(force ? 0 : days.orElse(30L)));
    if (force) {
      vault.forget(secret);
    }
    double date = secret.deletion.toEpochMilli() / 1000.0;
    return AwsAnswer.of(named(secret).name("DeletionDate").value(date).endObject());
  }

  private FakeSecret usable(AwsCall call) {
    return vault.findUsable(call.text("SecretId"));
  }

  AwsAnswer restore(AwsCall call) {
    call.allow("SecretId");
    FakeSecret secret = vault.find(call.text("SecretId"));
    secret.deletion = null;
    return AwsAnswer.of(named(secret).endObject());
  }

  private static JsonWriter named(FakeSecret secret) {
    JsonWriter json = new JsonWriter().beginObject();
    return json.name("ARN").value(secret.arn).name("Name").value(secret.name);
  }
}
