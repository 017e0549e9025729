package dev.opskit.secrets.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One request, which must be exactly as the protocol wants it. */
record GetSecretValueCall(String secretId, String versionStage) {
  private static final JsonFactory JSON = new JsonFactory();

  static GetSecretValueCall read(HttpExchange exchange, byte[] body) throws IOException {
    require("method", "POST", exchange.getRequestMethod());
    require("path", "/", exchange.getRequestURI().toString());
    require("content type", FakeSecretsManager.JSON, header(exchange, "Content-Type"));
    require("operation", "secretsmanager.GetSecretValue", header(exchange, "X-Amz-Target"));
    require(
        "signature",
        "AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/eu-west-1/secretsmanager/aws4_request,"
            + " SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]+, Signature=[0-9a-f]{64}",
        header(exchange, "Authorization"));
    require("date", "\\d{8}T\\d{6}Z", header(exchange, "X-Amz-Date"));
    Map<String, String> fields = fields(body);
    if (!fields.keySet().equals(Set.of("SecretId", "VersionStage"))) {
      throw new IllegalArgumentException("the fields are " + fields.keySet());
    }
    return new GetSecretValueCall(fields.get("SecretId"), fields.get("VersionStage"));
  }

  private static String header(HttpExchange exchange, String name) {
    var values = exchange.getRequestHeaders().get(name);
    if (values == null || values.size() != 1) {
      throw new IllegalArgumentException("the header " + name + " is " + values);
    }
    return values.get(0);
  }

  private static void require(String what, String pattern, String actual) {
    if (!actual.matches(pattern)) {
      throw new IllegalArgumentException("the " + what + " is " + actual);
    }
  }

  private static Map<String, String> fields(byte[] body) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      expect(JsonToken.START_OBJECT, parser.nextToken());
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        expect(JsonToken.VALUE_STRING, parser.nextToken());
        if (fields.put(name, parser.getText()) != null) {
          throw new IllegalArgumentException("the field " + name + " is there twice");
        }
      }
      expect(JsonToken.END_OBJECT, parser.currentToken());
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("the body goes on after the object");
      }
    }
    return fields;
  }

  private static void expect(JsonToken expected, JsonToken actual) {
    if (actual != expected) {
      throw new IllegalArgumentException("the body has " + actual + " instead of " + expected);
    }
  }
}
