package dev.opskit.logging;

/** Which service writes the lines. */
record ServiceIdentity(String service, String version, String environment) {
  static final ServiceIdentity UNKNOWN = new ServiceIdentity("", "", "");

  ServiceIdentity {
    service = orUnknown(service);
    version = orUnknown(version);
    environment = orUnknown(environment);
  }

  ServiceIdentity withService(String value) {
    return new ServiceIdentity(value, version, environment);
  }

  ServiceIdentity withVersion(String value) {
    return new ServiceIdentity(service, value, environment);
  }

  ServiceIdentity withEnvironment(String value) {
    return new ServiceIdentity(service, version, value);
  }

  private static String orUnknown(String value) {
    return value.isBlank() ? "unknown" : value;
  }
}
