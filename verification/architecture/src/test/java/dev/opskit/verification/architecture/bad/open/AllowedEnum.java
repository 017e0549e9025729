package dev.opskit.verification.architecture.bad.open;

public enum AllowedEnum {
  PLAIN,
  WITH_A_BODY {
    @Override
    public String toString() {
      return "body";
    }
  }
}
