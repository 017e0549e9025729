package dev.opskit.testkit.secrets;

import dev.opskit.secrets.ApiKey;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.KeyValues;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import dev.opskit.secrets.UsernamePassword;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** What opskit reads secrets as. */
class BuiltInTypesTest {
  private static final String SECRET = "hunter2hunter2";
  private static final String OTHER = "correct horse";

  /** A type of text with a secret in it. */
  abstract static class OfText<T> implements SecretTypeContract<T> {
    private final SecretType<T> type;
    private final String form;
    private final List<String> malformed;

    OfText(SecretType<T> type, String form, String... malformed) {
      this.type = type;
      this.form = form;
      this.malformed = List.of(malformed);
    }

    abstract SecretValue part(T read);

    @Override
    public SecretType<T> type() {
      return type;
    }

    @Override
    public byte[] valid() {
      return utf8(form.formatted(SECRET));
    }

    @Override
    public byte[] another() {
      return utf8(form.formatted(OTHER));
    }

    @Override
    public List<byte[]> malformed() {
      return malformed.stream().map(text -> utf8(text.formatted(SECRET))).toList();
    }

    @Override
    public String secret(T read) {
      return part(read).withChars(String::new);
    }
  }

  @Nested
  class AValue extends OfText<SecretValue> {
    AValue() {
      super(SecretType.value(), "%s");
    }

    @Override
    SecretValue part(SecretValue read) {
      return read;
    }
  }

  @Nested
  class CredentialsOfADatabase extends OfText<DatabaseCredentials> {
    CredentialsOfADatabase() {
      super(
          SecretType.databaseCredentials(),
          "{\"username\":\"u\",\"password\":\"%s\",\"port\":5432}",
          "{\"username\":\"u\",\"password\":\"%s\",\"port\":65536}",
          "{\"password\":\"%s\"}",
          "{\"username\":\"u\",\"password\":\"%s",
          "%s");
    }

    @Override
    SecretValue part(DatabaseCredentials read) {
      return read.password();
    }
  }

  @Nested
  class AUserAndAPassword extends OfText<UsernamePassword> {
    AUserAndAPassword() {
      super(
          SecretType.usernamePassword(),
          "{\"user\":\"u\",\"password\":\"%s\"}",
          "{\"user\":\"u\",\"pasword\":\"%s\"}",
          "[\"%s\"]");
    }

    @Override
    SecretValue part(UsernamePassword read) {
      return read.password();
    }
  }

  @Nested
  class AKey extends OfText<ApiKey> {
    AKey() {
      super(SecretType.apiKey(), "{\"token\":\"%s\"}", "{\"tokne\":\"%s\"}", "{%s");
    }

    @Override
    SecretValue part(ApiKey read) {
      return read.key();
    }
  }

  @Nested
  class Fields extends OfText<KeyValues> {
    Fields() {
      super(SecretType.keyValues(), "{\"a\":\"%s\"}", "{\"a\":\"%s\",\"b\":\"\"}", "[\"%s\"]");
    }

    @Override
    SecretValue part(KeyValues read) {
      return read.get("a");
    }
  }

  @Nested
  class OneThatIsTriedFirst extends OfText<UsernamePassword> {
    OneThatIsTriedFirst() {
      super(
          SecretType.usernamePassword().verifiedBy(login -> login.username().equals("u")),
          "{\"user\":\"u\",\"password\":\"%s\"}",
          "{\"user\":\"v\",\"password\":\"%s\"}");
    }

    @Override
    SecretValue part(UsernamePassword read) {
      return read.password();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
