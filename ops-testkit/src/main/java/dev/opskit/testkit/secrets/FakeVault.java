package dev.opskit.testkit.secrets;

import dev.opskit.core.time.TimeSource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secrets of one account, and the rules by which they change. Its users hold its monitor. */
final class FakeVault {
  private static final int MAX_BYTES = 65_536;
  private static final String ARN = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:";

  private final Map<String, FakeSecret> secrets = new LinkedHashMap<>();
  private final TimeSource time;
  private int versions;

  FakeVault(TimeSource time) {
    this.time = time;
  }

  /** By name, by ARN, or by ARN without the six characters at its end. */
  FakeSecret find(String id) {
    if (!id.matches("[A-Za-z0-9/_+=.@!:-]{1,2048}")) {
      throw new AwsError(
          400,
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    return lookUp(id)
        .orElseThrow(() -> AwsError.notFound("Secrets Manager can't find the specified secret."));
  }

  private Optional<FakeSecret> lookUp(String id) {
    return secrets.values().stream()
        .filter(s -> s.name.equals(id) || s.arn.equals(id) || (ARN + s.name).equals(id))
        .findFirst();
  }

  FakeSecret findUsable(String id) {
    FakeSecret secret = find(id);
    if (secret.deletion != null) {
      throw AwsError.request(
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  FakeSecret create(String name) {
    Optional<FakeSecret> there = lookUp(name);
    if (there.isPresent() && there.get().deletion != null) {
      throw AwsError.request(
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    if (there.isPresent()) {
      throw new AwsError(
          400,
          "ResourceExistsException",
          "The operation failed because the secret " + name + " already exists.");
    }
    if (!name.matches("[A-Za-z0-9/_+=.@!-]{1,512}")) {
      throw new AwsError(400, "ValidationException", "Invalid name.");
    }
    String arn = ARN + name + "-" + "%06x".formatted(name.hashCode() & 0xFFFFFF);
    FakeSecret secret = new FakeSecret(name, arn, time.now());
    secrets.put(name, secret);
    return secret;
  }

  FakeSecret findOrCreate(String name) {
    return lookUp(name).orElseGet(() -> create(name));
  }

  /** Adds a version; the same one twice is no error. */
  FakeSecret.Version put(
      FakeSecret secret, String id, boolean isText, byte[] value, List<String> labels) {
    if (value.length == 0 || value.length > MAX_BYTES) {
      throw AwsError.parameter("The value has " + value.length + " bytes, must be 1 to 65536.");
    }
    Optional<FakeSecret.Version> same = secret.version(id);
    if (same.isPresent()) {
      if (same.get().isText() != isText || !Arrays.equals(same.get().value(), value)) {
        throw new AwsError(
            400,
            "ResourceExistsException",
            "You can't modify an existing version, you can only create a new version.");
      }
      return same.get();
    }
    boolean first = secret.carrier(FakeSecret.CURRENT).isEmpty();
    var version = new FakeSecret.Version(id, isText, value.clone(), time.now());
    secret.add(version);
    labels.forEach(label -> secret.move(label, id));
    if (labels.isEmpty() || first) {
      secret.move(FakeSecret.CURRENT, id);
    }
    return version;
  }

  static boolean isText(byte[] value) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  String nextVersionId() {
    return "00000000-0000-4000-8000-%012d".formatted(++versions);
  }

  void forget(FakeSecret secret) {
    secrets.remove(secret.name);
  }

  TimeSource time() {
    return time;
  }
}
