package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.secrets.PemCertificate;
import dev.opskit.secrets.SecretType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class PemCertificateTypeTest implements SecretTypeContract<PemCertificate> {
  private static final String PASSWORD = "changeit";

  private record Pem(String certificate, String key) {
    byte[] bytes() {
      return (certificate + key).getBytes(StandardCharsets.US_ASCII);
    }
  }

  @TempDir static Path folder;
  private static Pem one;
  private static Pem other;

  @BeforeAll
  static void make() throws Exception {
    one = make("one");
    other = make("other");
  }

  @Override
  public SecretType<PemCertificate> type() {
    return SecretType.pemCertificate();
  }

  @Override
  public byte[] valid() {
    return one.bytes();
  }

  @Override
  public byte[] another() {
    return other.bytes();
  }

  @Override
  public List<byte[]> malformed() {
    return List.of(
        new Pem("", one.key()).bytes(),
        new Pem(one.certificate(), one.key().replace("END", "DNE")).bytes(),
        new Pem(one.certificate().replace("END", "DNE"), one.key()).bytes(),
        new Pem(other.certificate(), one.key()).bytes());
  }

  /** The first line of the block, which is longer than what all keys begin with. */
  @Override
  public String secret(PemCertificate read) {
    return Base64.getEncoder().encodeToString(read.privateKey().getEncoded()).substring(0, 64);
  }

  /** The platform makes keys but no certificates; its tool does. */
  private static Pem make(String name) throws Exception {
    Path store = folder.resolve(name);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String line =
        "%s -genkeypair -alias a -dname CN=orders -keyalg EC -storetype PKCS12 -storepass %s -keystore %s"
            .formatted(keytool, PASSWORD, store);
    Process process =
        new ProcessBuilder(line.split(" "))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertEquals(0, process.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Pem(
        pem("CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind);
  }
}
