package dev.opskit.testkit.rules;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads a file, all files below a folder, or what a kustomization refers to. Of kustomize only
 * {@code resources} is understood; whatever would change an object is a problem, not passed over.
 */
final class ManifestReader {
  private static final List<String> KUSTOMIZATIONS =
      List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
  private static final String KUSTOMIZATION = "Kustomization";

  /** Names, numbers and labels that no rule depends on. */
  private static final Set<String> HARMLESS =
      Set.of(
          "apiVersion",
          "kind",
          "metadata",
          "resources",
          "namespace",
          "images",
          "labels",
          "commonLabels",
          "commonAnnotations",
          "secretGenerator",
          "configMapGenerator",
          "generatorOptions",
          "sortOptions",
          "buildMetadata");

  private final List<KubeObject> objects = new ArrayList<>();
  private final List<Finding> problems = new ArrayList<>();
  private final Set<Path> seen = new LinkedHashSet<>();

  private ManifestReader() {}

  static Manifests read(List<Path> paths) {
    ManifestReader reader = new ManifestReader();
    paths.forEach(path -> reader.read(path, new Place(path.toString(), 0)));
    if (reader.objects.isEmpty() && reader.problems.isEmpty()) {
      reader.problem(new Place(paths.toString(), 0), "there is no manifest here");
    }
    return new Manifests(List.copyOf(reader.objects), List.copyOf(reader.problems));
  }

  private void read(Path path, Place referredToBy) {
    Path normalized = path.normalize();
    if (!seen.add(normalized)) {
      return;
    }
    if (Files.isDirectory(normalized)) {
      readFolder(normalized);
    } else if (Files.exists(normalized)) {
      readFile(normalized);
    } else {
      problem(referredToBy, normalized + " does not exist");
    }
  }

  private void readFolder(Path folder) {
    for (String name : KUSTOMIZATIONS) {
      if (Files.exists(folder.resolve(name))) {
        readFile(folder.resolve(name));
        return;
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      Set<Path> manifests = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .filter(
              file -> file.toString().matches(".*\\.ya?ml") || file.endsWith(KUSTOMIZATIONS.get(2)))
          .forEach(manifests::add);
      manifests.forEach(file -> read(file, new Place(file.toString(), 0)));
    } catch (IOException e) {
      problem(new Place(folder.toString(), 0), "cannot be read: " + e);
    }
  }

  private void readFile(Path file) {
    seen.add(file);
    try {
      YamlDocuments.read(file.toString(), Files.readString(file)).forEach(one -> add(file, one));
    } catch (YamlDocuments.UnreadableException e) {
      problem(e.place(), e.getMessage());
    } catch (CharacterCodingException e) {
      problem(new Place(file.toString(), 0), "is no UTF-8");
    } catch (NoSuchFileException e) {
      problem(new Place(file.toString(), 0), "does not exist");
    } catch (IOException e) {
      problem(new Place(file.toString(), 0), "cannot be read: " + e);
    }
  }

  private void add(Path file, YamlNode document) {
    KubeObject object = new KubeObject(document);
    if (object.isKind("List")) {
      document.get("items").list().forEach(item -> add(file, item));
    } else if (object.isKind(KUSTOMIZATION)
        || KUSTOMIZATIONS.contains(file.getFileName().toString())) {
      objects.add(object);
      follow(file, document);
    } else if (object.kind().isEmpty() || object.apiVersion().isEmpty()) {
      problem(document.place(), "is no Kubernetes object: it has no kind or no apiVersion");
    } else {
      objects.add(object);
    }
  }

  private void follow(Path file, YamlNode kustomization) {
    kustomization
        .map()
        .forEach(
            (key, node) -> {
              if (!HARMLESS.contains(key)) {
                problem(
                    node.place(),
                    "'"
                        + key
                        + "' changes the objects and is not understood here; hand in the output of"
                        + " kubectl kustomize instead");
              }
            });
    for (YamlNode resource : kustomization.get("resources").list()) {
      if (resource.text().contains("://") || resource.text().startsWith("github.com/")) {
        problem(resource.place(), resource.text() + " is not on this machine and is not read");
      } else {
        read(file.resolveSibling(resource.text()), resource.place());
      }
    }
  }

  private void problem(Place place, String what) {
    problems.add(new Finding(place.toString(), what));
  }
}
