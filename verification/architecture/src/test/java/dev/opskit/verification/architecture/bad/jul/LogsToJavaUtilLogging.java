package dev.opskit.verification.architecture.bad.jul;

import java.util.logging.Logger;

final class LogsToJavaUtilLogging {
  void say(String text) {
    Logger.getGlobal().info(text);
  }
}
