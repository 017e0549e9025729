package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * How long the certificates that a server shows are still valid. Looks at their dates alone: whom
 * to trust is for those to decide who send it something.
 */
record TlsExpiryCheck(String host, int port, Duration warnBefore, TimeSource time)
    implements HealthCheck {
  TlsExpiryCheck {
    BoundedSocket.requirePort(port);
    if (warnBefore.isNegative()) {
      throw new IllegalArgumentException("warnBefore is " + warnBefore + ", must be 0 or more");
    }
  }

  @Override
  public HealthResult check(CheckContext context) throws GeneralSecurityException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new OnlyLooking()}, new SecureRandom());
    try (Socket plain = BoundedSocket.connect(host, port, context);
        SSLSocket socket =
            (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true)) {
      socket.startHandshake();
      return judge(socket.getSession().getPeerCertificates());
    } catch (IOException e) {
      return ConnectionFailures.down("the TLS handshake with " + host + ":" + port, e);
    }
  }

  private HealthResult judge(Certificate[] chain) {
    Instant now = time.now();
    Instant end = Instant.MAX;
    for (Certificate certificate : chain) {
      X509Certificate x509 = (X509Certificate) certificate;
      if (x509.getNotBefore().toInstant().isAfter(now)) {
        return HealthResult.down(
            HealthCause.TLS, "a certificate is valid only from " + x509.getNotBefore().toInstant());
      }
      Instant notAfter = x509.getNotAfter().toInstant();
      end = notAfter.isBefore(end) ? notAfter : end;
    }
    Duration left = Duration.between(now, end);
    HealthResult result = HealthResult.up();
    if (left.isNegative()) {
      result = HealthResult.down(HealthCause.TLS, "a certificate has expired at " + end);
    } else if (left.compareTo(warnBefore) < 0) {
      result = HealthResult.degraded(HealthCause.TLS, "a certificate expires at " + end);
    }
    return result.with("expiresAt", end.toString()).with("daysLeft", left.toDays());
  }

  @Override
  public boolean interruptible() {
    return true;
  }

  private static final class OnlyLooking implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
