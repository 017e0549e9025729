package dev.opskit.testkit.secrets;

import dev.opskit.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * What goes back.
 *
 * @param code the error's, or {@code OK}
 */
record AwsAnswer(int status, String code, byte[] body) {
  static final String OK = "OK";
  private static final String RAW = "RAW";

  static AwsAnswer of(JsonWriter json) {
    return new AwsAnswer(200, OK, json.toByteArray());
  }

  static AwsAnswer of(AwsError error) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("__type").value(error.code());
    json.name("Message").value(error.text());
    return new AwsAnswer(error.status(), error.code(), json.endObject().toByteArray());
  }

  static AwsAnswer raw(int status, String body) {
    return new AwsAnswer(status, RAW, body.getBytes(StandardCharsets.UTF_8));
  }

  boolean isError() {
    return !code.equals(OK) && !code.equals(RAW);
  }
}
