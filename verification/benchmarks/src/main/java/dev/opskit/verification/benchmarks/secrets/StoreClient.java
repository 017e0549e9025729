package dev.opskit.verification.benchmarks.secrets;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** The store, as AWS's cache calls it. */
final class StoreClient implements SecretsManagerClient {
  private final Store store;

  StoreClient(Store store) {
    this.store = store;
  }

  @Override
  public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
    Store.Version version = told(() -> store.describe(request.secretId()));
    return DescribeSecretResponse.builder()
        .name(request.secretId())
        .versionIdsToStages(Map.of(version.id(), List.of("AWSCURRENT")))
        .build();
  }

  @Override
  public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
    Store.Version version = told(() -> store.get(request.secretId()));
    return GetSecretValueResponse.builder()
        .name(request.secretId())
        .versionId(version.id())
        .secretString(version.text())
        .build();
  }

  private static Store.Version told(Supplier<Store.Version> call) {
    try {
      return call.get();
    } catch (Store.Failure e) {
      throw switch (e.fault) {
        case UNAVAILABLE -> with(InternalServiceErrorException.builder(), 500, "InternalService");
        case THROTTLED -> with(SecretsManagerException.builder(), 400, "ThrottlingException");
        case ABSENT -> with(ResourceNotFoundException.builder(), 400, "ResourceNotFoundException");
      };
    }
  }

  private static AwsServiceException with(
      AwsServiceException.Builder failure, int status, String code) {
    return failure
        .statusCode(status)
        .message(code)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
