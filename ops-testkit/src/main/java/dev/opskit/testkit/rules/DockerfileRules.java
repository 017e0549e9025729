package dev.opskit.testkit.rules;

import dev.opskit.testkit.rules.Dockerfile.Instruction;
import dev.opskit.testkit.rules.Dockerfile.Stage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be seen in a Dockerfile. */
final class DockerfileRules {
  private static final Pattern TAG = Pattern.compile("[^@]*?[^/@]+:([^/:@]+)");
  private static final Pattern EXACT_TAG = Pattern.compile(".*\\d+[._-]\\d+.*|.*\\d{8}.*");
  private static final Pattern NUMERIC_USER = Pattern.compile("[1-9][0-9]*(?::[0-9]+)?");
  private static final Pattern REASON = Pattern.compile("(?i)no healthcheck\\s*[:,]\\s*\\S.{9,}");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][\\w.-]*)(?:[=\\s].*)?");
  private static final Pattern SECRET_FILE =
      Pattern.compile(
          "(?:.*/)?(?:\\.env|\\.npmrc|\\.netrc|id_rsa|.*\\.pem|.*\\.p12|.*\\.jks|\\.aws)");
  private static final Pattern BUILD_TOOLS =
      Pattern.compile(
          "\\b(?:maven|gradle|gcc|g\\+\\+|make|build-essential|[\\w-]*jdk[\\w-]*|git)\\b");
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?:\\.|\\./|/|\\*|/src/?|/workspace/?|(?:.*/)?(?:src|target|build|\\.git|\\.m2|node_modules)/?)");

  private DockerfileRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must(
            "dockerfile.readable",
            "What cannot be read cannot be built, and none of the other rules looks at it.",
            "Mend the line, or give the right path.",
            (subject, findings) ->
                subject.dockerfileWithProblems().problems().forEach(findings::add)),
        Rule.must(
            "dockerfile.multi-stage",
            "Compilers, sources and build caches in an image are weight and tools for an attacker.",
            "Build in a first stage and COPY --from it into a small last one.",
            DockerfileRules::multiStage),
        Rule.must(
            "dockerfile.pinned-base",
            "With a moving tag nobody knows what the next build will contain.",
            "Write a full version, or better a digest: image:1.2.3@sha256:…",
            DockerfileRules::pinnedBase),
        Rule.must(
            "dockerfile.user",
            "As root, who breaks out of the process owns what the container may reach; by its name"
                + " Kubernetes cannot tell that a user is not root.",
            "End with USER and a number of its own: USER 10001:10001",
            DockerfileRules::user),
        Rule.must(
            "dockerfile.healthcheck",
            "Without one, a container that hangs is 'up' for everything but Kubernetes.",
            "Add HEALTHCHECK CMD with a program that is in the image, or say why there is none in a"
                + " comment: # no HEALTHCHECK: …",
            DockerfileRules::healthcheck),
        Rule.must(
            "dockerfile.secrets",
            "ARG and ENV are written into the image's history; a file that was copied stays in its"
                + " layer, also when a later one removes it.",
            "Use RUN --mount=type=secret while building and a mounted file at run time.",
            DockerfileRules::secrets),
        Rule.must(
            "dockerfile.exec-form",
            "In shell form a shell is process 1: SIGTERM does not reach the service, and it is"
                + " killed without a drain.",
            "Write the command as a JSON array: ENTRYPOINT [\"java\", …]",
            DockerfileRules::execForm),
        Rule.must(
            "dockerfile.only-the-product",
            "What else is copied with the product is shipped, too: sources, caches, credentials.",
            "COPY --from the folder that holds the product alone.",
            DockerfileRules::onlyTheProduct));
  }

  private static void multiStage(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    Stage product = dockerfile.product();
    if (dockerfile.stages().size() < 2) {
      findings.add(dockerfile.at(product.from()), "there is only one stage");
    } else if (dockerfile.isStage(product.image())
        && !dockerfile.stages().get(0).name().isEmpty()
        && product.image().equalsIgnoreCase(dockerfile.stages().get(0).name())) {
      findings.add(dockerfile.at(product.from()), "the last stage is built on the build stage");
    } else if (product.all("COPY").stream().noneMatch(copy -> copy.text().contains("--from="))) {
      findings.add(dockerfile.at(product.from()), "the last stage copies nothing from another one");
    }
    product.all("RUN").stream()
        .filter(run -> run.text().matches("(?s).*\\b(?:install|add)\\b.*"))
        .filter(run -> BUILD_TOOLS.matcher(run.text()).find())
        .forEach(run -> findings.add(dockerfile.at(run), "the last stage installs build tools"));
  }

  private static void pinnedBase(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    for (Stage stage : dockerfile.stages()) {
      String image = stage.image();
      Matcher tag = TAG.matcher(image);
      boolean isOfOthers = !dockerfile.isStage(image) && !image.equals("scratch");
      if (isOfOthers && !image.matches(".*@sha256:[0-9a-f]{64}")) {
        if (!tag.matches()) {
          findings.add(dockerfile.at(stage.from()), image + " has no tag");
        } else if (!EXACT_TAG.matcher(tag.group(1)).matches()) {
          findings.add(dockerfile.at(stage.from()), image + " moves: its tag is no full version");
        }
      }
    }
  }

  private static void user(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    Optional<Instruction> user = dockerfile.inherited("USER");
    if (user.isEmpty()) {
      findings.add(dockerfile.at(dockerfile.product().from()), "the last stage has no USER");
    } else if (!NUMERIC_USER.matcher(user.get().text()).matches()) {
      findings.add(
          dockerfile.at(user.get()), "USER " + user.get().text() + " is no number other than 0");
    }
  }

  private static void healthcheck(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    if (dockerfile.comments().stream().anyMatch(one -> REASON.matcher(one.text()).find())) {
      return;
    }
    Optional<Instruction> check = dockerfile.inherited("HEALTHCHECK");
    if (check.isEmpty()) {
      findings.add(dockerfile.at(dockerfile.product().from()), "the last stage has no HEALTHCHECK");
      return;
    }
    String text = check.get().text();
    if (text.strip().equalsIgnoreCase("NONE")) {
      findings.add(dockerfile.at(check.get()), "the HEALTHCHECK is switched off without a reason");
    }
    for (String tool : List.of("curl", "wget")) {
      boolean isInstalled =
          dockerfile.product().all("RUN").stream().anyMatch(run -> run.text().contains(tool));
      if (text.matches("(?s).*\\b" + tool + "\\b.*") && !isInstalled) {
        findings.add(dockerfile.at(check.get()), "the last stage installs no " + tool);
      }
    }
  }

  private static void secrets(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    dockerfile.arguments().keySet().stream()
        .filter(SecretNames::isSecret)
        .forEach(
            name ->
                findings.add(
                    dockerfile.at(dockerfile.stages().get(0).from()),
                    "ARG " + name + " is a secret"));
    for (Stage stage : dockerfile.stages()) {
      for (Instruction one : stage.instructions()) {
        if (one.name().equals("ARG") || one.name().equals("ENV")) {
          names(one)
              .filter(SecretNames::isSecret)
              .forEach(
                  name ->
                      findings.add(dockerfile.at(one), one.name() + " " + name + " is a secret"));
        }
        if (SecretNames.isValue(one.text())) {
          findings.add(dockerfile.at(one), "a text looks like a credential");
        }
        if (one.name().equals("COPY") || one.name().equals("ADD")) {
          Stream.of(one.text().split("\\s+"))
              .filter(word -> SECRET_FILE.matcher(word).matches())
              .findFirst()
              .ifPresent(word -> findings.add(dockerfile.at(one), word + " is copied"));
        }
      }
    }
  }

  /** {@code ENV A=1 B=2}, {@code ENV A 1}, {@code ARG A}. */
  private static Stream<String> names(Instruction instruction) {
    String text = instruction.text();
    Stream<String> words =
        text.contains("=")
            ? Stream.of(text.split("\\s+")).filter(word -> word.contains("="))
            : Stream.of(text);
    return words.map(ASSIGNMENT::matcher).filter(Matcher::matches).map(word -> word.group(1));
  }

  private static void execForm(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    List<Instruction> commands =
        Stream.of("ENTRYPOINT", "CMD").flatMap(one -> dockerfile.inherited(one).stream()).toList();
    if (commands.isEmpty()) {
      findings.add(
          dockerfile.at(dockerfile.product().from()),
          "the last stage has neither ENTRYPOINT nor CMD");
    }
    for (Instruction command : commands) {
      List<String> words = command.exec().orElse(List.of());
      if (words.isEmpty()) {
        findings.add(dockerfile.at(command), command.name() + " is in shell form");
      } else if (words.size() > 1 && words.get(0).matches("(?:/bin/)?(?:ba|da)?sh")) {
        findings.add(dockerfile.at(command), command.name() + " starts a shell");
      }
    }
  }

  private static void onlyTheProduct(Subject subject, Findings findings) {
    Dockerfile dockerfile = subject.dockerfile();
    if (dockerfile.stages().size() < 2) {
      throw new NotLookedAtException("there is only one stage, see dockerfile.multi-stage");
    }
    Stage product = dockerfile.product();
    Stream.concat(product.all("COPY").stream(), product.all("ADD").stream())
        .forEach(
            copy ->
                sources(copy).stream()
                    .filter(source -> WHOLE.matcher(source).matches())
                    .forEach(
                        source ->
                            findings.add(
                                dockerfile.at(copy), "the whole of " + source + " is copied")));
  }

  private static List<String> sources(Instruction copy) {
    String paths = copy.text().replaceAll("^(?:--\\S+\\s+)+", "");
    List<String> words = ExecForm.of(paths).orElseGet(() -> List.of(paths.split("\\s+")));
    return words.subList(0, words.size() - 1);
  }
}
