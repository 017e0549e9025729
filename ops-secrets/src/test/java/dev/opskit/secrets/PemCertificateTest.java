package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemCertificateTest {
  private static final SecretRef REF = SecretRef.of("tls/server");

  @TempDir private static Path folder;
  private static String certificate;
  private static String key;

  @BeforeAll
  static void make() throws Exception {
    String[] made = make("EC", "store");
    certificate = made[0];
    key = made[1];
  }

  /**
   * The platform makes keys but no certificates; its tool does. Gives a certificate and its key.
   */
  private static String[] make(String algorithm, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias a -dname CN=orders -validity 3650 -keyalg "
                        + algorithm
                        + " -storetype PKCS12 -storepass changeit -keystore "
                        + store)
                    .split(" "))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, process.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    return new String[] {
      pem("CERTIFICATE", keys.getCertificate("a").getEncoded()),
      pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded())
    };
  }

  @Test
  void theChainAndTheKeyFitTogetherInWhateverOrderTheyStand() throws Exception {
    for (String pem :
        new String[] {certificate + key, key + certificate, certificate + key + certificate}) {
      PemCertificate read = PemCertificate.parse(REF, value(pem));
      assertEquals("CN=orders", read.chain().get(0).getSubjectX500Principal().getName());
      assertEquals(read.chain().get(0).getNotAfter().toInstant(), read.expires());
      assertTrue(signs(read.privateKey(), read));
      assertFalse(read.toString().contains("KEY"), read.toString());
    }
    assertEquals(
        2, PemCertificate.parse(REF, value(certificate + key + certificate)).chain().size());
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    String[] rsa = make("RSA -keysize 2048", "rsa");
    PemCertificate.parse(REF, value(rsa[0] + rsa[1])).wipe();
    for (String[] own : new String[][] {rsa, {certificate, key}}) {
      String algorithm = own == rsa ? "RSA" : "EC";
      KeyPair another = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
      assertEquals(
          "its PRIVATE KEY block is not the key of its first CERTIFICATE block: put the service's"
              + " own certificate first, and the key that it was issued for",
          refused(own[0] + pem("PRIVATE KEY", another.getPrivate().getEncoded())));
    }
    refused(certificate + rsa[0] + rsa[1]);
  }

  @Test
  void afterWipingThereIsNoKey() {
    PemCertificate read = PemCertificate.parse(REF, value(certificate + key));
    Wiping.wipe(read);
    assertThrows(SecretException.Closed.class, read::privateKey);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() throws IOException {
    assertEquals("has no CERTIFICATE block", refused(key));
    assertEquals("has no PRIVATE KEY block (PKCS#8)", refused(certificate));
    assertEquals(
        "has a CERTIFICATE block without an end", refused(certificate.substring(0, 200) + key));
    assertEquals(
        "has a CERTIFICATE block that is none",
        refused(pem("CERTIFICATE", new byte[] {1, 2, 3}) + key));
    assertEquals(
        "its PRIVATE KEY block is no PKCS#8 key of the certificate's kind",
        refused(certificate + pem("PRIVATE KEY", new byte[] {1, 2, 3})));
    assertEquals(
        "its PRIVATE KEY block is not base64",
        refused(certificate + "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n"));
  }

  private static boolean signs(PrivateKey key, PemCertificate certificate) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.chain().get(0));
    return signature.verify(signed);
  }

  private static String refused(String pem) {
    var e =
        assertThrows(SecretException.Malformed.class, () -> PemCertificate.parse(REF, value(pem)));
    return e.getMessage().replace("secret 'tls/server' (CURRENT): ", "");
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private static SecretValue value(String text) {
    return SecretValue.take(REF, "1", text.getBytes(StandardCharsets.US_ASCII));
  }
}
