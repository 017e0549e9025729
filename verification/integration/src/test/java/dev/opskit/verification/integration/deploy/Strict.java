package dev.opskit.verification.integration.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads an object with the model of its kind; a field that the model does not know is refused. */
final class Strict {
  private static final String KUBERNETES = "io.kubernetes.client.openapi.models.";
  private static final String ISTIO = "io.fabric8.istio.api.security.v1.";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Istio's models keep what they do not know, unless they may not. */
  private static final ObjectMapper ISTIO_JSON =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  private Strict() {}

  /** What is wrong with the object, or empty. */
  static Optional<String> complaint(Object document) throws Exception {
    JsonNode object = JSON.valueToTree(document);
    String apiVersion = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    try {
      if (apiVersion.startsWith("security.istio.io/")) {
        ISTIO_JSON.treeToValue(object, Class.forName(ISTIO + kind));
        // Where a model unwraps an inner one, it refuses nothing by itself.
        return complaint(CustomFields.unknown(kind + "Spec", object.path("spec")));
      } else if (CustomFields.know(kind)) {
        return complaint(CustomFields.unknown(kind, object));
      } else {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String model =
            version.substring(0, 1).toUpperCase(Locale.ROOT) + version.substring(1) + kind;
        Class.forName(KUBERNETES + model)
            .getMethod("validateJsonElement", JsonElement.class)
            .invoke(null, JsonParser.parseString(object.toString()));
      }
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(String.valueOf(e.getCause().getMessage()));
    } catch (ClassNotFoundException e) {
      return Optional.of("there is no model of " + apiVersion + " " + kind);
    } catch (JsonProcessingException e) {
      return Optional.of(e.getOriginalMessage());
    }
  }

  private static Optional<String> complaint(List<String> unknown) {
    return unknown.isEmpty() ? Optional.empty() : Optional.of("unknown: " + unknown);
  }
}
