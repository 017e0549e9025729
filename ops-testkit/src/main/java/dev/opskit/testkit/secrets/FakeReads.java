package dev.opskit.testkit.secrets;

import dev.opskit.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations that change nothing: GetSecretValue, BatchGetSecretValue, DescribeSecret. */
final class FakeReads {
  private static final int LARGEST_BATCH = 20;

  private final FakeVault vault;
  private final FakeRights rights;

  FakeReads(FakeVault vault, FakeRights rights) {
    this.vault = vault;
    this.rights = rights;
  }

  AwsAnswer get(AwsCall call) {
    call.allow("SecretId", "VersionId", "VersionStage");
    FakeSecret secret = vault.findUsable(call.text("SecretId"));
    FakeSecret.Version version =
        call.optional("VersionId").isPresent()
            ? byId(secret, call)
            : byLabel(secret, call.optional("VersionStage").orElse(FakeSecret.CURRENT));
    JsonWriter json = new JsonWriter();
    write(json, secret, version);
    return AwsAnswer.of(json);
  }

  private static FakeSecret.Version byId(FakeSecret secret, AwsCall call) {
    String id = call.text("VersionId");
    FakeSecret.Version version =
        secret
            .version(id)
            .orElseThrow(
                () ->
                    AwsError.notFound(
                        "Secrets Manager can't find the specified secret value for VersionId: "
                            + id));
    if (!secret.labelsOf(id).containsAll(call.optional("VersionStage").stream().toList())) {
      throw AwsError.request(
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return version;
  }

  private static FakeSecret.Version byLabel(FakeSecret secret, String label) {
    return secret
        .carrier(label)
        .flatMap(secret::version)
        .orElseThrow(
            () ->
                AwsError.notFound(
                    "Secrets Manager can't find the specified secret value for staging label: "
                        + label));
  }

  private static void write(JsonWriter json, FakeSecret secret, FakeSecret.Version version) {
    json.beginObject();
    json.name("ARN").value(secret.arn);
    json.name("CreatedDate").value(seconds(version.created()));
    json.name("Name").value(secret.name);
    if (version.isText()) {
      json.name("SecretString").value(new String(version.value(), StandardCharsets.UTF_8));
    } else {
      json.name("SecretBinary").value(Base64.getEncoder().encodeToString(version.value()));
    }
    json.name("VersionId").value(version.id());
    list(json.name("VersionStages"), secret.labelsOf(version.id()));
    json.endObject();
  }

  /** One that cannot be read is no failure of the call, but an entry of its own. */
  AwsAnswer batch(AwsCall call) {
    call.allow("SecretIdList");
    List<String> ids = call.list("SecretIdList");
    if (ids.isEmpty() || ids.size() > LARGEST_BATCH) {
      throw new AwsError(
          400,
          "ValidationException",
          "Value at 'secretIdList' failed to satisfy constraint: Member must have length less than"
              + " or equal to 20, and greater than or equal to 1");
    }
    JsonWriter json = new JsonWriter().beginObject();
    Map<String, AwsError> errors = new LinkedHashMap<>();
    json.name("SecretValues").beginArray();
    for (String id : ids) {
      try {
        FakeSecret secret = vault.findUsable(id);
        rights.require("GetSecretValue", List.of(id));
        write(json, secret, byLabel(secret, FakeSecret.CURRENT));
      } catch (AwsError e) {
        errors.put(id, e);
      }
    }
    json.endArray().name("Errors").beginArray();
    errors.forEach(
        (id, e) -> {
          json.beginObject().name("ErrorCode").value(e.code());
          json.name("Message").value(e.text()).name("SecretId").value(id).endObject();
        });
    return AwsAnswer.of(json.endArray().endObject());
  }

  AwsAnswer describe(AwsCall call) {
    call.allow("SecretId");
    FakeSecret secret = vault.find(call.text("SecretId"));
    JsonWriter json = new JsonWriter().beginObject();
    json.name("ARN").value(secret.arn);
    json.name("Name").value(secret.name);
    date(json, "CreatedDate", secret.created);
    date(json, "DeletedDate", secret.deletion);
    date(json, "LastChangedDate", secret.changed);
    date(json, "LastRotatedDate", secret.lastRotated);
    date(json, "NextRotationDate", secret.nextRotation);
    json.name("RotationEnabled").value(secret.nextRotation != null);
    json.name("VersionIdsToStages").beginObject();
    secret.labelled().forEach((id, labels) -> list(json.name(id), new ArrayList<>(labels)));
    return AwsAnswer.of(json.endObject().endObject());
  }

  private static void list(JsonWriter json, List<String> elements) {
    json.beginArray();
    elements.forEach(json::value);
    json.endArray();
  }

  private static void date(JsonWriter json, String name, @Nullable Instant date) {
    if (date != null) {
      json.name(name).value(seconds(date));
    }
  }

  private static double seconds(Instant date) {
    return date.toEpochMilli() / 1000.0;
  }
}
