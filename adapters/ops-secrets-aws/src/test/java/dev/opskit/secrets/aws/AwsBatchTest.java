package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretFetch;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import dev.opskit.testkit.secrets.SecretsManagerFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsBatchTest {
  private final FakeSecretsManager aws = FakeSecretsManager.start();
  private final SecretsManagerClient client = Clients.of(aws.endpoint());
  private final AwsSecretsProvider provider = AwsSecretsProvider.of(client);

  @AfterEach
  void close() {
    client.close();
    aws.close();
  }

  @Test
  void oneHundredSecretsAreReadInFiveCalls() {
    List<SecretRef> refs = put(100);
    assertTrue(provider.fetchAll(refs).values().stream().allMatch(AwsBatchTest::isFetched));
    assertEquals(List.of("BatchGetSecretValue"), operations().stream().distinct().toList());
    assertEquals(5, operations().size());
  }

  @Test
  void withoutTheRightToTheBatchEachIsFetchedForItself() {
    List<SecretRef> refs = put(45);
    aws.deny("BatchGetSecretValue");
    assertTrue(provider.fetchAll(refs).values().stream().allMatch(AwsBatchTest::isFetched));
    assertEquals(46, operations().size(), "one vain call, then one for each");
  }

  @Test
  void oneThatMayNotBeReadFailsAlone() {
    List<SecretRef> refs = put(3);
    aws.deny("GetSecretValue", refs.get(1).id());
    Map<SecretRef, SecretFetch> all = provider.fetchAll(refs);
    assertTrue(isFetched(all.get(refs.get(0))) && isFetched(all.get(refs.get(2))));
    SecretException why = failure(all.get(refs.get(1)));
    assertInstanceOf(SecretException.AccessDenied.class, why);
    assertTrue(why.getMessage().contains("grant secretsmanager:GetSecretValue"));
    assertEquals(1, operations().size());
  }

  @Test
  void oneWhoseNameIsNoneMakesTheOthersNoLessReadable() {
    List<SecretRef> refs = new ArrayList<>(put(3));
    refs.add(SecretRef.of("no name"));
    Map<SecretRef, SecretFetch> all = provider.fetchAll(refs);
    assertInstanceOf(SecretException.NotFound.class, failure(all.get(refs.get(3))));
    assertEquals(3, all.values().stream().filter(AwsBatchTest::isFetched).count());
  }

  @Test
  void otherStagesThanTheCurrentOneAreFetchedForThemselves() {
    List<SecretRef> refs = new ArrayList<>(put(3));
    aws.putPending("many/0", new byte[] {'p'});
    SecretRef pending = new SecretRef("many/0", SecretStage.PENDING);
    refs.add(0, pending);
    Map<SecretRef, SecretFetch> all = provider.fetchAll(refs);
    var fetched = assertInstanceOf(SecretFetch.Fetched.class, all.get(pending));
    assertTrue(fetched.value().matches("p"));
    assertEquals(List.of("BatchGetSecretValue", "GetSecretValue"), operations());
  }

  @Test
  void aSecretMayBeNamedByItsArnWithItsEndOrWithout() {
    aws.put("one", new byte[] {'1'});
    aws.put("one-more", new byte[] {'2'});
    String arn = client.describeSecret(r -> r.secretId("one")).arn();
    List<SecretRef> refs =
        List.of(
            SecretRef.of(arn),
            SecretRef.of("one-more"),
            SecretRef.of(arn.substring(0, arn.length() - 7)));
    Map<SecretRef, SecretFetch> all = provider.fetchAll(refs);
    assertTrue(((SecretFetch.Fetched) all.get(refs.get(0))).value().matches("1"));
    assertTrue(((SecretFetch.Fetched) all.get(refs.get(1))).value().matches("2"));
    assertTrue(((SecretFetch.Fetched) all.get(refs.get(2))).value().matches("1"));
    assertEquals(List.of("DescribeSecret", "BatchGetSecretValue"), operations());
  }

  @Test
  void aBatchThatIsThrottledIsNotMadeWorseByTwentyCalls() {
    List<SecretRef> refs = put(3);
    aws.always(new SecretsManagerFault.Throttled(Duration.ofSeconds(3)));
    for (SecretFetch fetch : provider.fetchAll(refs).values()) {
      var throttled = assertInstanceOf(SecretException.Throttled.class, failure(fetch));
      assertEquals(Optional.of(Duration.ofSeconds(3)), throttled.retryAfter());
    }
    assertEquals(1, operations().size());
  }

  @Test
  void aBatchThatFailsIsUnavailableForEach() {
    List<SecretRef> refs = put(3);
    aws.always(new SecretsManagerFault.Cut(30));
    for (SecretFetch fetch : provider.fetchAll(refs).values()) {
      assertInstanceOf(SecretException.Unavailable.class, failure(fetch));
    }
    assertEquals(1, operations().size());
  }

  private List<SecretRef> put(int count) {
    List<SecretRef> refs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      aws.put("many/" + i, ("value " + i).getBytes(StandardCharsets.UTF_8));
      refs.add(SecretRef.of("many/" + i));
    }
    return refs;
  }

  private List<String> operations() {
    return aws.journal().stream().map(FakeSecretsManager.Call::operation).toList();
  }

  private static boolean isFetched(SecretFetch fetch) {
    return fetch instanceof SecretFetch.Fetched;
  }

  private static SecretException failure(SecretFetch fetch) {
    return assertInstanceOf(SecretFetch.Failed.class, fetch).why();
  }
}
