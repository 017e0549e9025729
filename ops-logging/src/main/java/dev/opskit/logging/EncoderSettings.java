package dev.opskit.logging;

/** What was set on an encoder, all of it replaced at once. */
record EncoderSettings(Schema schema, ServiceIdentity identity, StackOptions stack) {
  static final EncoderSettings DEFAULT =
      new EncoderSettings(Schema.OPS, ServiceIdentity.UNKNOWN, StackOptions.DEFAULT);

  EncoderSettings with(Schema other) {
    return new EncoderSettings(other, identity, stack);
  }

  EncoderSettings with(ServiceIdentity other) {
    return new EncoderSettings(schema, other, stack);
  }

  EncoderSettings with(StackOptions other) {
    return new EncoderSettings(schema, identity, other);
  }
}
