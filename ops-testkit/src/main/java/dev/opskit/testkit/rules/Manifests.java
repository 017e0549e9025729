package dev.opskit.testkit.rules;

import java.util.List;
import java.util.stream.Stream;

/**
 * The objects that a deployment is made of.
 *
 * @param objects all of them, in the order of the files
 * @param problems what could not be read
 */
record Manifests(List<KubeObject> objects, List<Finding> problems) {
  Stream<KubeObject> kind(String kind) {
    return objects.stream().filter(object -> object.isKind(kind));
  }

  List<Workload> workloads() {
    return objects.stream().flatMap(object -> Workload.of(object).stream()).toList();
  }

  List<Workload> servers() {
    return workloads().stream().filter(Workload::isServer).toList();
  }

  /** What else has to be there is looked for here, so this is where to add it. */
  Place beside(Workload workload) {
    return workload.object().place();
  }
}
