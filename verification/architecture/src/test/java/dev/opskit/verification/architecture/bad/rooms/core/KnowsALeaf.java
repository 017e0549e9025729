package dev.opskit.verification.architecture.bad.rooms.core;

import dev.opskit.verification.architecture.bad.rooms.core.http.jdk.AllowedServer;

final class KnowsALeaf {
  AllowedServer server = new AllowedServer();
}
