package dev.opskit.verification.consumer;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;

/** What Maven makes of a project that imports some BOMs, computed by Maven's own model builder. */
final class ManagedVersions {
  private ManagedVersions() {}

  /**
   * @param poms where poms are found
   * @param boms the imported BOMs as group:artifact:version; the first one wins
   * @return versions by group:artifact:type:classifier
   */
  static Map<String, String> of(LocalPoms poms, String... boms) throws ModelBuildingException {
    ModelBuildingRequest request =
        new DefaultModelBuildingRequest()
            .setRawModel(projectThatImports(boms))
            .setModelResolver(poms)
            .setSystemProperties(System.getProperties())
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
    Model effective =
        new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
    return effective.getDependencyManagement().getDependencies().stream()
        .collect(
            Collectors.toMap(
                Dependency::getManagementKey, Dependency::getVersion, (a, b) -> a, TreeMap::new));
  }

  private static Model projectThatImports(String... boms) {
    DependencyManagement management = new DependencyManagement();
    for (String bom : boms) {
      String[] coordinates = bom.split(":");
      Dependency imported = new Dependency();
      imported.setGroupId(coordinates[0]);
      imported.setArtifactId(coordinates[1]);
      imported.setVersion(coordinates[2]);
      imported.setType("pom");
      imported.setScope("import");
      management.addDependency(imported);
    }
    Model project = new Model();
    project.setModelVersion("4.0.0");
    project.setGroupId("com.example");
    project.setArtifactId("shop");
    project.setVersion("1.0");
    project.setDependencyManagement(management);
    return project;
  }
}
