package dev.opskit.spring.boot;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/** The same for the reactive client: what counts is the context of the thread that subscribes. */
final class StampedExchanges {
  private StampedExchanges() {}

  static ExchangeFilterFunction filter() {
    return (request, next) ->
        next.exchange(ClientRequest.from(request).headers(StampedRequests::stamp).build());
  }
}
