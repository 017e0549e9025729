package dev.opskit.secrets;

/** One instance each, so that two who ask for the same type of a secret share what was read. */
final class BuiltInTypes {
  static final SecretType<SecretValue> VALUE =
      (ref, value) -> value.withBytes(bytes -> value.part(ref, bytes.clone()));
  static final SecretType<DatabaseCredentials> DATABASE = DatabaseCredentials::parse;
  static final SecretType<UsernamePassword> USERNAME_PASSWORD = UsernamePassword::parse;
  static final SecretType<ApiKey> API_KEY = ApiKey::parse;
  static final SecretType<KeyValues> KEY_VALUES = KeyValues::parse;
  static final SecretType<PemCertificate> PEM_CERTIFICATE = PemCertificate::parse;

  private BuiltInTypes() {}
}
