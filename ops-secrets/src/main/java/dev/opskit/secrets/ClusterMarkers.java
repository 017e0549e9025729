package dev.opskit.secrets;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What tells that this process runs in a cluster and not on a developer's machine. */
final class ClusterMarkers {
  /** Set by the kubelet in each container, and by ECS, Fargate and Lambda. */
  private static final List<String> VARIABLES =
      List.of(
          "KUBERNETES_SERVICE_HOST",
          "ECS_CONTAINER_METADATA_URI",
          "ECS_CONTAINER_METADATA_URI_V4",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI");

  private ClusterMarkers() {}

  /** The first that is set; its value is not looked at. */
  static Optional<String> first(UnaryOperator<@Nullable String> environment) {
    return VARIABLES.stream().filter(name -> environment.apply(name) != null).findFirst();
  }
}
