package dev.opskit.spring.boot;

import dev.opskit.secrets.ApiKey;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.KeyValues;
import dev.opskit.secrets.PemCertificate;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import dev.opskit.secrets.UsernamePassword;

/** What a property may say that a secret is read as. */
enum SecretKind {
  VALUE(SecretValue.class, SecretType.value()),
  DATABASE_CREDENTIALS(DatabaseCredentials.class, SecretType.databaseCredentials()),
  USERNAME_PASSWORD(UsernamePassword.class, SecretType.usernamePassword()),
  API_KEY(ApiKey.class, SecretType.apiKey()),
  KEY_VALUES(KeyValues.class, SecretType.keyValues()),
  PEM_CERTIFICATE(PemCertificate.class, SecretType.pemCertificate());

  final Class<?> valueType;
  final SecretType<?> type;

  <T> SecretKind(Class<T> valueType, SecretType<T> type) {
    this.valueType = valueType;
    this.type = type;
  }
}
