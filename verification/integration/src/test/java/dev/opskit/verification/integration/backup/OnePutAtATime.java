package dev.opskit.verification.integration.backup;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Lets S3Mock keep what S3 promises of a conditional write. S3Mock looks first and writes later, so
 * several writers at once can be told that they were first. What is tested in this way is what the
 * store makes of the answers, while many threads use it; that S3 is atomic is not.
 */
record OnePutAtATime(SdkHttpClient client, ReentrantLock lock) implements SdkHttpClient {

  OnePutAtATime(SdkHttpClient client) {
    this(client, new ReentrantLock());
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    if (request.httpRequest().method() != SdkHttpMethod.PUT) {
      return prepared;
    }
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        lock.lock();
        try {
          return prepared.call();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
