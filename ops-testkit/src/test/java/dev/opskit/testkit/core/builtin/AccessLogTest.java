package dev.opskit.testkit.core.builtin;

import dev.opskit.core.http.RequestObserver;
import dev.opskit.logging.AccessLog;
import dev.opskit.testkit.core.RequestObserverContract;

class AccessLogTest implements RequestObserverContract {
  @Override
  public RequestObserver observer() {
    return new AccessLog();
  }
}
