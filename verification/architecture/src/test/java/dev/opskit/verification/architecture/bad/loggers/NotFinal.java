package dev.opskit.verification.architecture.bad.loggers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class NotFinal {
  private static Logger logger = LoggerFactory.getLogger(NotFinal.class);

  void say(String text) {
    logger.info("{}", text);
  }
}
