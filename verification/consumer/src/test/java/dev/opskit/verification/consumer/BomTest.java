package dev.opskit.verification.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.io.DefaultModelReader;
import org.junit.jupiter.api.Test;

class BomTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Path BOM = REPOSITORY.resolve("bom/pom.xml");
  private static final Path BOM_THAT_MANAGES_OTHERS =
      Path.of("src/test/resources/bom-that-manages-others.xml");
  private static final String OURS = "dev.opskit:ops-bom:" + System.getProperty("project.version");
  private static final String SPRING =
      "org.springframework.boot:spring-boot-dependencies:"
          + System.getProperty("spring-boot.version");

  @Test
  void theBomInheritsNothing() throws IOException {
    Model bom = read(BOM);
    assertNull(bom.getParent());
    assertEquals(Map.of(), bom.getProperties());
    assertEquals(List.of(), bom.getDependencies());
  }

  @Test
  void theBomManagesEveryPublishedModuleAndNothingElse() throws IOException {
    Set<String> managed = new TreeSet<>();
    for (Dependency entry : read(BOM).getDependencyManagement().getDependencies()) {
      assertEquals("jar", entry.getType(), entry.getManagementKey());
      managed.add(entry.getGroupId() + ":" + entry.getArtifactId() + ":" + entry.getVersion());
    }
    assertEquals(publishedModules(), managed);
  }

  @Test
  void importingTheBomChangesNoOtherVersion() throws ModelBuildingException {
    LocalPoms poms = new LocalPoms(BOM);
    Map<String, String> without = ManagedVersions.of(poms, SPRING);
    assertEquals(without, othersAmong(ManagedVersions.of(poms, OURS, SPRING)));
    assertEquals(without, othersAmong(ManagedVersions.of(poms, SPRING, OURS)));
  }

  @Test
  void aBomThatManagesOthersIsRejected() throws ModelBuildingException {
    LocalPoms poms = new LocalPoms(BOM_THAT_MANAGES_OTHERS);
    Map<String, String> without = ManagedVersions.of(poms, SPRING);
    assertNotEquals(without, othersAmong(ManagedVersions.of(poms, OURS, SPRING)));
    assertNotEquals(without, othersAmong(ManagedVersions.of(poms, SPRING, OURS)));
  }

  private static Map<String, String> othersAmong(Map<String, String> managed) {
    managed.keySet().removeIf(key -> key.startsWith("dev.opskit:"));
    return managed;
  }

  private static Set<String> publishedModules() throws IOException {
    Set<String> published = new TreeSet<>();
    for (String folder : read(REPOSITORY.resolve("pom.xml")).getModules()) {
      Model module = read(REPOSITORY.resolve(folder).resolve("pom.xml"));
      boolean isOurBom = module.getPackaging().equals("pom");
      boolean staysHere = "true".equals(module.getProperties().get("maven.deploy.skip"));
      if (!isOurBom && !staysHere) {
        String version = module.getParent().getVersion();
        published.add("dev.opskit:" + module.getArtifactId() + ":" + version);
      }
    }
    return published;
  }

  private static Model read(Path pom) throws IOException {
    return new DefaultModelReader().read(pom.toFile(), Map.of());
  }
}
