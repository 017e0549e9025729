package dev.opskit.spring.boot;

import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretRef;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** A {@link RotatingSecret} bean, of its full generic type, for each that a property declares. */
final class RotatingSecretBeans implements ImportBeanDefinitionRegistrar {
  private final Environment environment;
  private final BeanFactory beans;

  RotatingSecretBeans(Environment environment, BeanFactory beans) {
    this.environment = environment;
    this.beans = beans;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    Binder.get(environment)
        .bind("ops.secrets", Bindable.of(OpsProperties.Secrets.class))
        .ifBound(
            secrets ->
                secrets
                    .rotating()
                    .forEach(
                        (name, declared) -> {
                          if (!registry.containsBeanDefinition(name)) {
                            registry.registerBeanDefinition(name, definition(name, declared));
                          }
                        }));
  }

  private RootBeanDefinition definition(String name, OpsProperties.Rotating declared) {
    SecretRef whole =
        SecretRef.of(Required.text("ops.secrets.rotating." + name + ".id", declared.id()));
    SecretRef ref = declared.field() == null ? whole : whole.withField(declared.field());
    RootBeanDefinition definition = new RootBeanDefinition(RotatingSecret.class);
    definition.setTargetType(
        ResolvableType.forClassWithGenerics(RotatingSecret.class, declared.type().valueType));
    definition.setInstanceSupplier(
        () -> beans.getBean(OpsSecrets.class).rotating(ref, declared.type().type));
    return definition;
  }
}
