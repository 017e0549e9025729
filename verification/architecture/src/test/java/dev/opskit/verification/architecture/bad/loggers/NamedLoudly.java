package dev.opskit.verification.architecture.bad.loggers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class NamedLoudly {
  private static final Logger LOGGER = LoggerFactory.getLogger(NamedLoudly.class);

  void say(String text) {
    LOGGER.info("{}", text);
  }
}
