package dev.opskit.secrets.aws;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretMetadata;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** Makes of AWS's answers what ours are. */
final class AwsAnswers {
  private AwsAnswers() {}

  static String label(SecretStage stage) {
    return "AWS" + stage;
  }

  static SecretValue value(SecretRef ref, GetSecretValueResponse answer) {
    return value(ref, answer.versionId(), answer.secretString(), answer.secretBinary());
  }

  static SecretValue value(SecretRef ref, SecretValueEntry entry) {
    return value(ref, entry.versionId(), entry.secretString(), entry.secretBinary());
  }

  private static SecretValue value(
      SecretRef ref, @Nullable String version, @Nullable String text, @Nullable SdkBytes binary) {
    if (version == null) {
      throw new SecretException.Unavailable(ref, "the answer has no version id");
    }
    if (text != null) {
      return SecretValue.take(ref, version, text.getBytes(StandardCharsets.UTF_8));
    }
    if (binary != null) {
      return SecretValue.take(ref, version, binary.asByteArray());
    }
    throw new SecretException.Malformed(ref, "has neither text nor binary");
  }

  static SecretMetadata metadata(SecretRef ref, DescribeSecretResponse answer) {
    if (answer.deletedDate() != null) {
      throw new SecretException.NotFound(ref, "Secrets Manager is deleting it");
    }
    String label = label(ref.stage());
    String version =
        answer.versionIdsToStages().entrySet().stream()
            .filter(labelled -> labelled.getValue().contains(label))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () -> new SecretException.NotFound(ref, "no version carries the label " + label));
    return new SecretMetadata(
        version,
        Optional.ofNullable(answer.nextRotationDate()),
        Optional.ofNullable(answer.lastRotatedDate()));
  }
}
