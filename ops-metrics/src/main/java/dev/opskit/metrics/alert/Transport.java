package dev.opskit.metrics.alert;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends a request without waiting for it. */
interface Transport {

  /** Told once how a request ended, on any thread. */
  interface Ending {
    void ended(int status, @Nullable Throwable failure);
  }

  /** Returns what gives the request up. */
  Runnable send(HttpRequest request, Ending ending);

  static Transport of(HttpClient client) {
    return (request, ending) -> {
      CompletableFuture<HttpResponse<Void>> answer =
          client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
      answer.whenComplete(
          (response, failure) ->
              ending.ended(
                  response == null ? 0 : response.statusCode(),
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure));
      return () -> answer.cancel(true);
    };
  }

  /** A client of our own; the JDK's needs no close, its threads are daemons. */
  static Transport own(Duration connectTimeout) {
    return of(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build());
  }
}
