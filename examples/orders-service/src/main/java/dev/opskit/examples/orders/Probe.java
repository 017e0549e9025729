package dev.opskit.examples.orders;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a probe once, for the container's HEALTHCHECK: an image needs no curl for it. */
public final class Probe {
  private static final int TIMEOUT_MILLIS = 2_000;

  private Probe() {}

  /**
   * The entry point; the status is 0 if the answer is 200, else 1.
   *
   * @param arguments the address to ask
   */
  public static void main(String[] arguments) {
    System.exit(arguments.length == 1 && isUp(arguments[0]) ? 0 : 1);
  }

  static boolean isUp(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException | IllegalArgumentException noAnswer) {
      return false;
    }
  }
}
