package dev.opskit.spring.boot;

import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

/**
 * The observer of the HTTP metrics. The filter is made before the controllers are, whose routes it
 * has to know, and so it is made when they are there: before the server takes requests.
 */
final class HttpMetrics implements RequestObserver, SmartInitializingSingleton {
  private final SingletonSupplier<RequestObserver> observer;

  HttpMetrics(Supplier<RequestObserver> observer) {
    this.observer = SingletonSupplier.of(observer);
  }

  @Override
  public void afterSingletonsInstantiated() {
    observer.obtain();
  }

  @Override
  public void started(RequestInfo request) {
    observer.obtain().started(request);
  }

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    observer.obtain().finished(request, outcome);
  }
}
