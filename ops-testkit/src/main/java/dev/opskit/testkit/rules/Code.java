package dev.opskit.testkit.rules;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The classes of a service.
 *
 * @param classes those that are looked at, at least one
 */
record Code(List<JavaClass> classes) {
  /** A text and the class that has it. */
  record Said(JavaClass by, Literal literal) {}

  /** Accesses to methods, constructors and fields, method references included. */
  Stream<JavaAccess<?>> accesses() {
    return classes.stream().flatMap(type -> type.getAccessesFromSelf().stream());
  }

  /** Accesses to a member of a type, or of one nested in it. */
  Stream<JavaAccess<?>> accesses(String owner, String member) {
    return accesses()
        .filter(access -> isOrIsIn(access.getTargetOwner().getName(), owner))
        .filter(access -> access.getName().matches(member));
  }

  boolean uses(String owner, String member) {
    return accesses(owner, member).findAny().isPresent();
  }

  /** Whether any class names a type that is wanted. */
  boolean knows(Predicate<String> type) {
    return classes.stream()
        .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
        .anyMatch(dependency -> type.test(dependency.getTargetClass().getName()));
  }

  List<Said> texts() {
    List<Said> texts = new ArrayList<>();
    for (JavaClass type : classes) {
      type.getSource()
          .ifPresent(
              source -> {
                try (InputStream in = source.getUri().toURL().openStream()) {
                  ClassFile.literals(in.readAllBytes())
                      .forEach(one -> texts.add(new Said(type, one)));
                } catch (IOException e) {
                  throw new NotLookedAtException(type.getName() + " cannot be read: " + e);
                }
              });
    }
    return texts;
  }

  static Place at(JavaAccess<?> access) {
    return new Place(file(access.getOriginOwner()), access.getLineNumber());
  }

  static Place at(Said said) {
    return new Place(file(said.by()), said.literal().line());
  }

  /** Where a service begins: its main method, else its first class. */
  Place start() {
    Optional<JavaMethod> main =
        classes.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getName().equals("main"))
            .findFirst();
    return main.map(
            method ->
                new Place(file(method.getOwner()), method.getSourceCodeLocation().getLineNumber()))
        .orElseGet(() -> new Place(file(classes.get(0)), 0));
  }

  private static String file(JavaClass type) {
    String name =
        type.getSource().flatMap(source -> source.getFileName()).orElse(type.getSimpleName());
    return type.getPackageName().replace('.', '/') + "/" + name;
  }

  static boolean isOrIsIn(String name, String owner) {
    return name.equals(owner) || name.startsWith(owner + "$");
  }
}
