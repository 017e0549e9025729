package dev.opskit.secrets.aws;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretFetch;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/**
 * Several secrets by few calls. BatchGetSecretValue knows current versions only; what it does not
 * answer, or may not be asked, is fetched one by one.
 */
final class BatchFetch {
  private static final int LARGEST_BATCH = 20;

  private final SecretsManagerClient client;
  private final Function<SecretRef, SecretValue> single;

  BatchFetch(SecretsManagerClient client, Function<SecretRef, SecretValue> single) {
    this.client = client;
    this.single = single;
  }

  Map<SecretRef, SecretFetch> fetch(Collection<SecretRef> refs) {
    Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
    List<SecretRef> current =
        refs.stream().filter(ref -> ref.stage() == SecretStage.CURRENT).distinct().toList();
    for (int from = 0; from < current.size(); from += LARGEST_BATCH) {
      int to = Math.min(current.size(), from + LARGEST_BATCH);
      if (!fetchTogether(current.subList(from, to), all)) {
        break;
      }
    }
    for (SecretRef ref : refs) {
      all.computeIfAbsent(ref, this::alone);
    }
    return all;
  }

  /** Whether it is worth asking for more of them in this way. */
  private boolean fetchTogether(List<SecretRef> refs, Map<SecretRef, SecretFetch> all) {
    if (refs.size() < 2) {
      return true;
    }
    SecretRef first = refs.get(0);
    List<String> ids = refs.stream().map(SecretRef::id).distinct().toList();
    try {
      BatchGetSecretValueResponse answer =
          AwsFailure.guarded(
              first,
              "BatchGetSecretValue",
              () -> client.batchGetSecretValue(request -> request.secretIdList(ids)));
      refs.forEach(ref -> take(ref, answer, all));
      return true;
    } catch (SecretException.Throttled e) {
      // Twenty calls in place of the one would make it worse.
      refs.forEach(ref -> all.put(ref, new SecretFetch.Failed(throttled(ref, e))));
      return true;
    } catch (SecretException.Unavailable e) {
      String why = "it was asked for together with others, and Secrets Manager failed";
      for (SecretRef ref : refs) {
        all.put(ref, new SecretFetch.Failed(new SecretException.Unavailable(ref, why)));
      }
      return true;
    } catch (SecretException.AccessDenied notGranted) {
      return false;
    } catch (SecretException oneIsNoId) {
      return true;
    }
  }

  private static SecretException throttled(SecretRef ref, SecretException.Throttled e) {
    return new SecretException.Throttled(
        ref, "Secrets Manager has too many calls", e.retryAfter().orElse(null));
  }

  private static void take(
      SecretRef ref, BatchGetSecretValueResponse answer, Map<SecretRef, SecretFetch> all) {
    for (SecretValueEntry entry : new ArrayList<>(answer.secretValues())) {
      if (isMeant(ref.id(), entry)) {
        try {
          all.put(ref, new SecretFetch.Fetched(AwsAnswers.value(ref, entry)));
        } catch (SecretException e) {
          all.put(ref, new SecretFetch.Failed(e));
        }
        return;
      }
    }
    for (APIErrorType error : answer.errors()) {
      if (ref.id().equals(error.secretId())) {
        all.put(ref, new SecretFetch.Failed(AwsFailure.ofEntry(ref, error.errorCode())));
        return;
      }
    }
  }

  /** An ARN may be asked for without the six characters at its end. */
  private static boolean isMeant(String id, SecretValueEntry entry) {
    String arn = String.valueOf(entry.arn());
    return id.equals(entry.name())
        || arn.equals(id)
        || (id.startsWith("arn:") && arn.length() == id.length() + 7 && arn.startsWith(id + "-"));
  }

  private SecretFetch alone(SecretRef ref) {
    try {
      return new SecretFetch.Fetched(single.apply(ref));
    } catch (SecretException e) {
      return new SecretFetch.Failed(e);
    }
  }
}
