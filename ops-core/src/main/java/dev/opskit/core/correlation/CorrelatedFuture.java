package dev.opskit.core.correlation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Completes inside a context. A completing thread runs the chained functions before {@code
 * complete} returns, so they are inside too.
 */
final class CorrelatedFuture<T> extends CompletableFuture<T> {
  private final @Nullable CorrelationContext context;

  private CorrelatedFuture(@Nullable CorrelationContext context) {
    this.context = context;
  }

  static <T> CompletableFuture<T> of(CompletionStage<T> source) {
    CorrelatedFuture<T> future = new CorrelatedFuture<>(CorrelationContext.current());
    source.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            future.complete(result);
          } else {
            future.completeExceptionally(failure);
          }
        });
    return future;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CorrelatedFuture<>(context);
  }

  /** Not the context of the thread that hands over, which is any that completes a stage. */
  @Override
  public Executor defaultExecutor() {
    Executor executor = super.defaultExecutor();
    return task ->
        executor.execute(
            () -> {
              try (CorrelationContext.Scope scope = new CorrelationContext.Scope(context)) {
                task.run();
              }
            });
  }

  @Override
  public boolean complete(T value) {
    try (CorrelationContext.Scope scope = new CorrelationContext.Scope(context)) {
      return super.complete(value);
    }
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    try (CorrelationContext.Scope scope = new CorrelationContext.Scope(context)) {
      return super.completeExceptionally(failure);
    }
  }
}
