package dev.opskit.testkit.rules;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What {@link OpsRules} was told to look at. */
record Parts(
    List<String> packages,
    List<Path> classFolders,
    Map<String, String> leftOut,
    @Nullable Path dockerfile,
    List<Path> manifests,
    @Nullable Callable<RunningService> starter) {

  void validate() {
    boolean isEmpty =
        packages.isEmpty()
            && classFolders.isEmpty()
            && manifests.isEmpty()
            && dockerfile == null
            && starter == null;
    if (isEmpty) {
      throw new IllegalArgumentException(
          "nothing was named to look at: call classes, dockerfile, manifests or running");
    }
    leftOut.forEach((name, reason) -> Exceptions.requireReason("leaveOut('" + name + "')", reason));
  }
}
