package dev.opskit.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.servlet.OpsFilter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Each of our beans gives way to one of its type or, where its type is a common one, of its name.
 */
class BackOffTest {
  private static final String IMPORTS =
      "/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

  private static List<Method> beans() throws IOException, ClassNotFoundException {
    List<Method> beans = new ArrayList<>();
    try (var imports = BackOffTest.class.getResourceAsStream(IMPORTS)) {
      String names =
          new String(Objects.requireNonNull(imports).readAllBytes(), StandardCharsets.UTF_8);
      for (String name : names.split("\\s+")) {
        Class<?> configuration = Class.forName(name);
        Stream.concat(Stream.of(configuration), Stream.of(configuration.getDeclaredClasses()))
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Bean.class))
            .forEach(beans::add);
      }
    }
    return beans;
  }

  private static ConditionalOnMissingBean condition(Method bean) {
    ConditionalOnMissingBean own = bean.getAnnotation(ConditionalOnMissingBean.class);
    Class<?> owner = bean.getDeclaringClass();
    if (own == null && owner.getDeclaringClass() != null) {
      owner = owner.getDeclaringClass();
    }
    return own == null ? owner.getAnnotation(ConditionalOnMissingBean.class) : own;
  }

  /** What there is of each type where the properties declare all they can, before it is made. */
  private static Map<Class<?>, List<String>> defined(Set<Class<?>> types, Class<?>... own) {
    Map<Class<?>, List<String>> names = new HashMap<>();
    Contexts.servlet()
        .withPropertyValues(
            "ops.secrets.folder=/none",
            "ops.secrets.data-source.url=jdbc:postgresql://localhost:1/orders",
            "ops.secrets.data-source.secret=orders",
            "ops.backup.source=orders",
            "ops.backup.folder=/none",
            "ops.backup.max-age=1h",
            "ops.backup.postgres.database=orders",
            "ops.backup.postgres.secret=orders",
            "ops.endpoints.port=0")
        .withInitializer(
            context -> {
              for (Class<?> one : own) {
                ((GenericApplicationContext) context)
                    .registerBeanDefinition("own " + one, new RootBeanDefinition(one));
              }
              context.addBeanFactoryPostProcessor(
                  factory -> {
                    for (Class<?> type : types) {
                      names.put(type, List.of(factory.getBeanNamesForType(type, true, false)));
                    }
                  });
            })
        .run(context -> {});
    return names;
  }

  @Test
  void eachHasACondition() throws Exception {
    assertTrue(beans().size() > 25, "too few were found: " + beans());
    for (Method bean : beans()) {
      if (!bean.isAnnotationPresent(ConditionalOnMissingFilterBean.class)) {
        ConditionalOnMissingBean condition = condition(bean);
        assertTrue(condition != null, bean + " does not give way");
        if (condition.name().length > 0) {
          assertEquals(List.of(bean.getName()), List.of(condition.name()), bean.toString());
        }
      }
    }
  }

  @Test
  void toOneOfTheirType() throws Exception {
    Set<Class<?>> types = new HashSet<>();
    for (Method bean : beans()) {
      ConditionalOnMissingBean condition = condition(bean);
      if (condition != null && condition.name().length == 0) {
        types.add(condition.value().length == 0 ? bean.getReturnType() : condition.value()[0]);
      }
    }
    defined(types).forEach((type, names) -> assertEquals(1, names.size(), type.getName()));
    defined(types, types.toArray(Class<?>[]::new))
        .forEach((type, names) -> assertEquals(List.of("own " + type), names));
  }

  @Test
  void toAFilterOfTheApplication() {
    Set<Class<?>> filters = Set.of(FilterRegistrationBean.class);
    assertEquals(Set.of(List.of("opsFilter")), Set.copyOf(defined(filters).values()));
    assertEquals(Set.of(List.of()), Set.copyOf(defined(filters, OpsFilter.class).values()));
  }
}
