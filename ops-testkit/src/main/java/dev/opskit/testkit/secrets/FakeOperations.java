package dev.opskit.testkit.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which operation is answered by what, one at a time. */
final class FakeOperations {
  private final FakeVault vault;
  private final FakeRights rights;
  private final Map<String, Function<AwsCall, AwsAnswer>> operations;

  FakeOperations(FakeVault vault, FakeRights rights) {
    this.vault = vault;
    this.rights = rights;
    FakeReads reads = new FakeReads(vault, rights);
    FakeWrites writes = new FakeWrites(vault);
    this.operations =
        Map.of(
            "GetSecretValue", reads::get,
            "BatchGetSecretValue", reads::batch,
            "DescribeSecret", reads::describe,
            "CreateSecret", writes::create,
            "PutSecretValue", writes::put,
            "UpdateSecretVersionStage", writes::updateStage,
            "DeleteSecret", writes::delete,
            "RestoreSecret", writes::restore);
  }

  void requireKnown(String operation) {
    if (!operations.containsKey(operation)) {
      throw new IllegalArgumentException("the operation " + operation + " is not known here");
    }
  }

  /**
   * Answers one call.
   *
   * @throws IllegalArgumentException if it is one that the service, or this fake, does not have
   */
  AwsAnswer answer(AwsCall call) {
    try {
      rights.require(call.operation(), names(call));
      synchronized (vault) {
        return operations.get(call.operation()).apply(call);
      }
    } catch (AwsError e) {
      return AwsAnswer.of(e);
    }
  }

  /** What the call is about; several for a batch, whose rights are checked one by one. */
  static List<String> names(AwsCall call) {
    List<String> names = new ArrayList<>(call.list("SecretIdList"));
    call.optional("SecretId").ifPresent(names::add);
    call.optional("Name").ifPresent(names::add);
    return names;
  }
}
