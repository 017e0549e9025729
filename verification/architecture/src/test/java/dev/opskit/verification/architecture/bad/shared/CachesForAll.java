package dev.opskit.verification.architecture.bad.shared;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

final class CachesForAll {
  private static final Map<String, String> CACHE = new ConcurrentHashMap<>();

  String find(String name) {
    return CACHE.getOrDefault(name, name);
  }
}
