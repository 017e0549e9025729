package dev.opskit.testkit.rules;

import java.util.List;

/** Where the manifests keep secrets. */
final class SecretRules {
  private static final long OTHERS = 07;

  private SecretRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must(
            "kubernetes.secrets-in-environment",
            "Whatever sees the environment of a process sees the secrets in it, and a rotated value"
                + " never reaches it.",
            "Mount the Secret as a volume and read the file.",
            SecretRules::environment),
        Rule.must(
            "kubernetes.secrets-committed",
            "Base64 is no encryption: what is in a manifest is in every clone of it.",
            "Let an ExternalSecret fetch it, or create the Secret by hand; rotate what has been"
                + " committed.",
            SecretRules::committed),
        Rule.must(
            "kubernetes.secret-mounts",
            "A secret that others may read or that the process may write is none; with subPath a"
                + " rotated value is never seen.",
            "Mount it readOnly, with defaultMode: 0440 and an fsGroup, and as a whole folder.",
            SecretRules::mounts));
  }

  private static void environment(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      for (YamlNode container : workload.allContainers()) {
        for (YamlNode one : container.get("env").list()) {
          String name = one.get("name").text();
          if (one.get("valueFrom", "secretKeyRef").exists()) {
            findings.add(one.get("valueFrom", "secretKeyRef").place(), name + " is a secret");
          } else if (one.get("value").exists()
              && (SecretNames.isSecret(name) || SecretNames.isValue(one.get("value").text()))) {
            findings.add(one.get("value").place(), "the value of " + name + " is a secret");
          }
        }
        for (YamlNode from : container.get("envFrom").list()) {
          if (from.get("secretRef").exists()) {
            findings.add(
                from.get("secretRef").place(),
                "all of the Secret " + from.get("secretRef", "name").text() + " is there");
          }
        }
      }
    }
  }

  private static void committed(Subject subject, Findings findings) {
    for (KubeObject object : subject.manifests().objects()) {
      switch (object.kind()) {
        case "Secret" -> {
          for (String key : List.of("data", "stringData")) {
            if (!object.get(key).map().isEmpty()) {
              findings.add(object.get(key).place(), object + " has its values in the manifest");
            }
          }
        }
        case "ConfigMap" ->
            object
                .get("data")
                .map()
                .forEach(
                    (name, value) -> {
                      if (SecretNames.isSecret(name) || SecretNames.isValue(value.text())) {
                        findings.add(value.place(), name + " of " + object + " is a secret");
                      }
                    });
        case "Kustomization" ->
            object.get("secretGenerator").list().stream()
                .filter(one -> one.get("literals").exists())
                .forEach(
                    one ->
                        findings.add(
                            one.get("literals").place(),
                            "a Secret is made of what is written here"));
        default -> {}
      }
    }
  }

  private static void mounts(Subject subject, Findings findings) {
    for (Workload workload : subject.workloads()) {
      for (YamlNode volume : workload.pod().get("volumes").list()) {
        if (volume.get("secret").exists()) {
          mode(volume.get("secret", "defaultMode"), findings);
          String name = volume.get("name").text();
          for (YamlNode container : workload.allContainers()) {
            container.get("volumeMounts").list().stream()
                .filter(mount -> mount.get("name").is(name))
                .forEach(mount -> mount(mount, findings));
          }
        }
      }
    }
  }

  private static void mode(YamlNode mode, Findings findings) {
    // Kubernetes' default is 0644.
    if ((mode.number().orElse(0644) & OTHERS) != 0) {
      findings.add(mode.place(), "everybody in the container may read the secret");
    }
  }

  private static void mount(YamlNode mount, Findings findings) {
    if (!mount.get("readOnly").is("true")) {
      findings.add(mount.place(), "the secret is not mounted readOnly");
    }
    if (mount.get("subPath").exists()) {
      findings.add(mount.get("subPath").place(), "with subPath a rotated value is never seen");
    }
  }
}
