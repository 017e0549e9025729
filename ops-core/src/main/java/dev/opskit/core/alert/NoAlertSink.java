package dev.opskit.core.alert;

enum NoAlertSink implements AlertSink {
  INSTANCE;

  @Override
  public void raise(Alert alert) {}

  @Override
  public void resolve(Alert.Key key) {}
}
