package dev.opskit.secrets.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.opskit.secrets.aws.FakeSecretsManager.Answer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Secrets by name, and which version carries which stage. Thread-safe. */
final class FakeVault {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Map<String, Version>> stages = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private int versions;

  private record Version(String id, byte[] value) {}

  /** A new current version; the one before becomes the previous one. */
  synchronized String put(String name, byte[] value) {
    var secret = stages.computeIfAbsent(name, absent -> new HashMap<>());
    Version before = secret.get("AWSCURRENT");
    if (before != null) {
      secret.put("AWSPREVIOUS", before);
    }
    return put(name, "AWSCURRENT", value);
  }

  synchronized String put(String name, String stage, byte[] value) {
    String id = "00000000-0000-4000-8000-%012d".formatted(++versions);
    stages
        .computeIfAbsent(name, absent -> new HashMap<>())
        .put(stage, new Version(id, value.clone()));
    return id;
  }

  synchronized void remove(String name) {
    stages.remove(name);
  }

  /** It is still there for some days, but gives no value. */
  synchronized void markForDeletion(String name) {
    deleted.add(name);
  }

  synchronized Answer get(GetSecretValueCall call) throws IOException {
    String name = call.secretId();
    if (!name.matches("[A-Za-z0-9/_+=.@!-]+")) {
      return Answer.error(400, "ValidationException", "Invalid name.");
    }
    if (deleted.contains(name)) {
      return Answer.error(
          400,
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    Version version = stages.getOrDefault(name, Map.of()).get(call.versionStage());
    if (version == null) {
      return Answer.error(
          400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return new Answer(200, body(name, call.versionStage(), version));
  }

  private static String body(String name, String stage, Version version) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("ARN", "arn:aws:secretsmanager:eu-west-1:000000000000:secret:" + name);
      json.writeNumberField("CreatedDate", 1.7636e9);
      json.writeStringField("Name", name);
      json.writeStringField("VersionId", version.id());
      try {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        String string = decoder.decode(ByteBuffer.wrap(version.value())).toString();
        json.writeStringField("SecretString", string);
      } catch (CharacterCodingException notText) {
        json.writeBinaryField("SecretBinary", version.value());
      }
      json.writeArrayFieldStart("VersionStages");
      json.writeString(stage);
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}
