package dev.opskit.secrets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key for somebody else's service. Read from a JSON object with one of the string fields {@code
 * key}, {@code apiKey}, {@code api_key} or {@code token}, and perhaps {@code keyId} or {@code
 * key_id}; a value that does not begin with a brace is the key itself.
 *
 * @param keyId which key it is, null if the secret does not say; not secret
 * @param key the key; wiped by {@link OpsSecrets} after its grace
 */
public record ApiKey(@Nullable String keyId, SecretValue key) {
  static ApiKey parse(SecretRef ref, SecretValue value) {
    boolean json = value.withBytes(bytes -> bytes[0] == '{');
    if (!json) {
      return new ApiKey(null, BuiltInTypes.VALUE.read(ref, value));
    }
    return SecretFields.read(
        ref,
        value,
        fields ->
            new ApiKey(
                fields.optionalText(List.of("keyId", "key_id")),
                fields.value(List.of("key", "apiKey", "api_key", "token"))));
  }
}
