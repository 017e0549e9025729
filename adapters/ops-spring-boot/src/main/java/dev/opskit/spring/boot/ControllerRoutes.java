package dev.opskit.spring.boot;

import java.util.List;

/** The patterns that controllers are mapped to. Names no type of Spring MVC. */
@FunctionalInterface
interface ControllerRoutes {
  List<String> patterns();
}
