package dev.opskit.logging;

import java.util.Set;

/**
 * The top-level field sets of ECS 8.11. An index that follows ECS has objects there, so that a
 * plain value of the same name would be refused with its whole line.
 */
final class EcsFieldSets {
  static final Set<String> NAMES =
      Set.of(
          "agent",
          "client",
          "cloud",
          "container",
          "data_stream",
          "destination",
          "device",
          "dll",
          "dns",
          "ecs",
          "email",
          "error",
          "event",
          "faas",
          "file",
          "group",
          "host",
          "http",
          "labels",
          "log",
          "network",
          "observer",
          "orchestrator",
          "organization",
          "package",
          "process",
          "registry",
          "related",
          "rule",
          "server",
          "service",
          "source",
          "span",
          "threat",
          "tls",
          "trace",
          "transaction",
          "url",
          "user",
          "user_agent",
          "vulnerability");

  private EcsFieldSets() {}
}
