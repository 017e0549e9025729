package dev.opskit.verification.integration.slo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Argo Rollouts does with an AnalysisTemplate, once: asks each query, judges each answer. */
public final class Analysis {
  private Analysis() {}

  /**
   * All metrics of the template together: one failure fails, one doubt leaves a doubt.
   *
   * @param template the file of the template
   * @param prometheus who is asked
   * @param hash the pods that are judged
   * @return the verdict on them
   * @throws IOException if the template cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  public static Verdict of(Path template, LivePrometheus prometheus, String hash)
      throws IOException, InterruptedException {
    Verdict whole = Verdict.SUCCESS;
    for (Object one : metrics(template)) {
      Map<?, ?> metric = (Map<?, ?>) one;
      Map<?, ?> provider = (Map<?, ?>) ((Map<?, ?>) metric.get("provider")).get("prometheus");
      String query = provider.get("query").toString().replace("{{args.canary-hash}}", hash);
      Verdict verdict =
          Verdict.of(
              prometheus.query(query),
              metric.get("successCondition").toString(),
              metric.get("failureCondition").toString());
      whole = verdict == Verdict.FAILURE || whole == Verdict.SUCCESS ? verdict : whole;
    }
    return whole;
  }

  private static List<?> metrics(Path template) throws IOException {
    Map<?, ?> read =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(template));
    return (List<?>) ((Map<?, ?>) read.get("spec")).get("metrics");
  }
}
