package dev.opskit.secrets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The string fields of one version of a JSON object. Thread-safe; wiped by {@link OpsSecrets} after
 * its grace.
 */
public final class KeyValues {
  private final SecretRef ref;
  private final Map<String, SecretValue> values;

  private KeyValues(SecretRef ref, Map<String, SecretValue> values) {
    this.ref = ref;
    this.values = values;
  }

  static KeyValues parse(SecretRef ref, SecretValue value) {
    return SecretFields.read(
        ref,
        value,
        fields -> {
          Map<String, SecretValue> values = new LinkedHashMap<>();
          try {
            fields.names().forEach(name -> values.put(name, fields.value(List.of(name))));
          } catch (SecretException e) {
            values.values().forEach(SecretValue::wipe);
            throw e;
          }
          return new KeyValues(ref, values);
        });
  }

  /**
   * Which fields there are.
   *
   * @return their names, in the order of the object
   */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * One of them.
   *
   * @param name the field
   * @return stays the {@link OpsSecrets}'s to wipe
   * @throws SecretException.Malformed if there is no such field
   */
  public SecretValue get(String name) {
    SecretValue value = values.get(name);
    if (value == null) {
      throw new SecretException.Malformed(ref, "has no string field '" + name + "'");
    }
    return value;
  }

  void wipe() {
    values.values().forEach(SecretValue::wipe);
  }

  /** The names of the fields, never what is in them. */
  @Override
  public String toString() {
    return "KeyValues[" + ref.id() + ", " + values.keySet() + ", ***]";
  }
}
