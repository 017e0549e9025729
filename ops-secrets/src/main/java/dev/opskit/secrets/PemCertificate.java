package dev.opskit.secrets;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate with its chain and its private key, out of one version of one secret. Read from PEM
 * text with one or more {@code CERTIFICATE} blocks, the service's own first, and one {@code PRIVATE
 * KEY} block (PKCS#8, not encrypted) anywhere among them, which must be the key of the first
 * certificate. Thread-safe; wiped by {@link OpsSecrets} after its grace.
 */
public final class PemCertificate {
  private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
  private static final String END_KEY = "-----END PRIVATE KEY-----";
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /** By the kind of key; keys that cannot sign, there are in no certificate of a server. */
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "RSA", "SHA256withRSA",
          "EC", "SHA256withECDSA",
          "DSA", "SHA256withDSA",
          "EdDSA", "EdDSA",
          "Ed25519", "EdDSA",
          "Ed448", "EdDSA");

  private static final byte[] CHALLENGE = {4, 7, 1, 1};

  private final SecretRef ref;
  private final List<X509Certificate> chain;
  private final SecretValue key;

  private PemCertificate(SecretRef ref, List<X509Certificate> chain, SecretValue key) {
    this.ref = ref;
    this.chain = chain;
    this.key = key;
  }

  static PemCertificate parse(SecretRef ref, SecretValue value) {
    return value.withBytes(
        pem -> {
          List<X509Certificate> chain = chain(ref, pem);
          byte[] der = key(ref, pem);
          PemCertificate certificate = new PemCertificate(ref, chain, value.part(ref, der));
          try {
            certificate.requireOwnKey();
          } catch (SecretException e) {
            certificate.wipe();
            throw e;
          }
          return certificate;
        });
  }

  /**
   * The certificates, none of which is secret.
   *
   * @return the service's own first, at least one
   */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * When the service's own certificate ends.
   *
   * @return its notAfter
   */
  public Instant expires() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /**
   * The private key, made anew each time. The object that the platform makes of it is on the heap
   * until it is collected.
   *
   * @return of the kind that the certificate's public key is of
   * @throws SecretException.Malformed never after the secret was published
   * @throws SecretException.Closed if it was wiped
   */
  public PrivateKey privateKey() {
    String algorithm = chain.get(0).getPublicKey().getAlgorithm();
    return key.withBytes(
        der -> {
          try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
          } catch (GeneralSecurityException notRepeated) {
            throw new SecretException.Malformed(
                ref, "its PRIVATE KEY block is no PKCS#8 key of the certificate's kind");
          }
        });
  }

  /** A service that starts with another key than its certificate's refuses every handshake. */
  private void requireOwnKey() {
    PrivateKey own = privateKey();
    PublicKey published = chain.get(0).getPublicKey();
    String algorithm = SIGNATURES.get(published.getAlgorithm());
    if (algorithm == null) {
      return;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(own);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(published);
      signature.update(CHALLENGE);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException notRepeated) {
      // Then it is not the key of it either.
    }
    throw new SecretException.Malformed(
        ref,
        "its PRIVATE KEY block is not the key of its first CERTIFICATE block: put the service's"
            + " own certificate first, and the key that it was issued for");
  }

  void wipe() {
    key.wipe();
  }

  private static List<X509Certificate> chain(SecretRef ref, byte[] pem) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      int from = indexOf(pem, BEGIN, 0);
      while (from >= 0) {
        int to = indexOf(pem, END, from);
        if (to < 0) {
          throw new SecretException.Malformed(ref, "has a CERTIFICATE block without an end");
        }
        byte[] block = Arrays.copyOfRange(pem, from, to + END.length());
        chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
        from = indexOf(pem, BEGIN, to);
      }
    } catch (CertificateException notRepeated) {
      throw new SecretException.Malformed(ref, "has a CERTIFICATE block that is none");
    }
    if (chain.isEmpty()) {
      throw new SecretException.Malformed(ref, "has no CERTIFICATE block");
    }
    return List.copyOf(chain);
  }

  private static byte[] key(SecretRef ref, byte[] pem) {
    int from = indexOf(pem, BEGIN_KEY, 0);
    int to = from < 0 ? -1 : indexOf(pem, END_KEY, from);
    if (to < 0) {
      throw new SecretException.Malformed(ref, "has no PRIVATE KEY block (PKCS#8)");
    }
    byte[] base64 = Arrays.copyOfRange(pem, from + BEGIN_KEY.length(), to);
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException notRepeated) {
      throw new SecretException.Malformed(ref, "its PRIVATE KEY block is not base64");
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  private static int indexOf(byte[] in, String text, int from) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int at = from; at <= in.length - wanted.length; at++) {
      if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  /** The subject of the certificate, never the key. */
  @Override
  public String toString() {
    return "PemCertificate[" + chain.get(0).getSubjectX500Principal() + ", ***]";
  }
}
