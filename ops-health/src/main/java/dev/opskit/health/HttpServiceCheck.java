package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Whether a service answers a GET with a status of 200 to 399, the rule of the kubelet. At most 64
 * KiB of the body are read, and redirects are not followed.
 */
record HttpServiceCheck(URI uri) implements HealthCheck {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  HttpServiceCheck {
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of a service must be http(s)://host…, without user and password");
    }
  }

  @Override
  public HealthResult check(CheckContext context) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      try {
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(BoundedSocket.remainingMillis(context));
        connection.setReadTimeout(BoundedSocket.remainingMillis(context));
        return judge(connection, context);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return ConnectionFailures.down("GET " + shown(), e);
    }
  }

  private HealthResult judge(HttpURLConnection connection, CheckContext context)
      throws IOException {
    int status = connection.getResponseCode();
    HealthResult result =
        status >= 200 && status < 400
            ? HealthResult.up()
            : HealthResult.down(cause(status), "GET " + shown() + " answered " + status);
    InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    if (body != null) {
      drain(body, context);
    }
    return result.with("status", status);
  }

  private static HealthCause cause(int status) {
    return status == 401 || status == 403 ? HealthCause.AUTH : HealthCause.FAILED;
  }

  /** A body that trickles in would never be over for a limit on single reads. */
  private static void drain(InputStream body, CheckContext context) throws IOException {
    byte[] buffer = new byte[4096];
    int left = MAX_BODY_BYTES;
    int read = 0;
    while (read >= 0 && left > 0) {
      BoundedSocket.remainingMillis(context);
      read = body.read(buffer);
      left -= read;
    }
  }

  /** Without the query, which may hold a token. */
  private String shown() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getRawAuthority() + path;
  }

  @Override
  public boolean interruptible() {
    return true;
  }
}
