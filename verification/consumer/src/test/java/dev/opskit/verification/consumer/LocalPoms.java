package dev.opskit.verification.consumer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelSource2;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.model.resolution.UnresolvableModelException;

/** Finds our BOM where the test says and all other poms in Maven's local repository. */
final class LocalPoms implements ModelResolver {
  private static final Path LOCAL = Path.of(System.getProperty("local.repository"));

  private final Path ourBom;

  LocalPoms(Path ourBom) {
    this.ourBom = ourBom;
  }

  @Override
  public ModelSource2 resolveModel(String group, String artifact, String version)
      throws UnresolvableModelException {
    Path inRepository =
        LOCAL
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".pom");
    Path pom = artifact.equals("ops-bom") ? ourBom : inRepository;
    if (!Files.exists(pom)) {
      throw new UnresolvableModelException("no such file: " + pom, group, artifact, version);
    }
    return new FileModelSource(pom.toFile());
  }

  @Override
  public ModelSource2 resolveModel(Parent parent) throws UnresolvableModelException {
    return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
  }

  @Override
  public ModelSource2 resolveModel(Dependency imported) throws UnresolvableModelException {
    return resolveModel(imported.getGroupId(), imported.getArtifactId(), imported.getVersion());
  }

  @Override
  public void addRepository(Repository repository) {}

  @Override
  public void addRepository(Repository repository, boolean replace) {}

  @Override
  public ModelResolver newCopy() {
    return this;
  }
}
