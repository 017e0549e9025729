package dev.opskit.core.correlation;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The ways in which work gets to another thread, each asked what context it finds there. */
enum HandOver {
  THREAD {
    @Override
    String idThere(Pools pools) throws Exception {
      AtomicReference<String> seen = new AtomicReference<>();
      Thread thread = new Thread(CorrelationContext.wrap(() -> seen.set(currentId())));
      thread.start();
      thread.join();
      return seen.get();
    }
  },
  RUNNABLE {
    @Override
    String idThere(Pools pools) throws Exception {
      AtomicReference<String> seen = new AtomicReference<>();
      pools.plain.submit(CorrelationContext.wrap(() -> seen.set(currentId()))).get();
      return seen.get();
    }
  },
  CALLABLE {
    @Override
    String idThere(Pools pools) throws Exception {
      Callable<String> call = HandOver::currentId;
      return pools.plain.submit(CorrelationContext.wrap(call)).get();
    }
  },
  SUPPLIER {
    @Override
    String idThere(Pools pools) throws Exception {
      Supplier<String> supplier = CorrelationContext.wrapSupplier(HandOver::currentId);
      return pools.plain.submit(supplier::get).get();
    }
  },
  EXECUTOR {
    @Override
    String idThere(Pools pools) throws Exception {
      CompletableFuture<String> seen = new CompletableFuture<>();
      CorrelationContext.wrap((java.util.concurrent.Executor) pools.plain)
          .execute(() -> seen.complete(currentId()));
      return seen.get();
    }
  },
  SUBMIT {
    @Override
    String idThere(Pools pools) throws Exception {
      return pools.wrapped.submit(HandOver::currentId).get();
    }
  },
  INVOKE_ALL {
    @Override
    String idThere(Pools pools) throws Exception {
      Callable<String> call = HandOver::currentId;
      List<Future<String>> all = pools.wrapped.invokeAll(List.of(call, call));
      return all.get(1).get();
    }
  },
  INVOKE_ANY {
    @Override
    String idThere(Pools pools) throws Exception {
      Callable<String> call = HandOver::currentId;
      return pools.wrapped.invokeAny(List.of(call));
    }
  },
  SCHEDULED_ONCE {
    @Override
    String idThere(Pools pools) throws Exception {
      return pools.scheduler.schedule(HandOver::currentId, 0, TimeUnit.NANOSECONDS).get();
    }
  },
  FIXED_RATE {
    @Override
    String idThere(Pools pools) throws Exception {
      Repeated task = new Repeated();
      return task.secondRun(pools.scheduler.scheduleAtFixedRate(task, 0, 1, TimeUnit.MICROSECONDS));
    }
  },
  FIXED_DELAY {
    @Override
    String idThere(Pools pools) throws Exception {
      Repeated task = new Repeated();
      return task.secondRun(
          pools.scheduler.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MICROSECONDS));
    }
  },
  THEN_APPLY {
    @Override
    String idThere(Pools pools) throws Exception {
      CompletableFuture<String> source = new CompletableFuture<>();
      CompletableFuture<String> chained =
          CorrelationContext.wrap(source).thenApply(x -> x).thenApply(x -> currentId());
      pools.plain.execute(() -> source.complete("x"));
      return chained.get();
    }
  },
  THEN_APPLY_ASYNC {
    @Override
    String idThere(Pools pools) throws Exception {
      CompletableFuture<String> source = new CompletableFuture<>();
      CompletableFuture<String> chained =
          CorrelationContext.wrap(source).thenApplyAsync(x -> x).thenApplyAsync(x -> currentId());
      pools.plain.execute(() -> source.complete("x"));
      return chained.get();
    }
  },
  SUPPLY_ASYNC {
    @Override
    String idThere(Pools pools) throws Exception {
      return CompletableFuture.supplyAsync(HandOver::currentId, pools.wrapped).get();
    }
  },
  HANDLE {
    @Override
    String idThere(Pools pools) throws Exception {
      CompletableFuture<String> source = new CompletableFuture<>();
      CompletableFuture<String> chained =
          CorrelationContext.wrap(source).handle((x, failure) -> currentId());
      pools.plain.execute(() -> source.completeExceptionally(new Exception("expected")));
      return chained.get();
    }
  },
  FORK_JOIN {
    @Override
    String idThere(Pools pools) throws Exception {
      Callable<String> call = HandOver::currentId;
      return ForkJoinPool.commonPool().submit(CorrelationContext.wrap(call)).get();
    }
  };

  static final String NONE = "none";

  /** Hands over from the current context. */
  abstract String idThere(Pools pools) throws Exception;

  static String currentId() {
    CorrelationContext context = CorrelationContext.current();
    return context == null ? NONE : context.id();
  }

  /** One set of threads, as it is and wrapped. */
  record Pools(ExecutorService plain, ExecutorService wrapped, ScheduledExecutorService scheduler) {
    static Pools of(ExecutorService plain, ScheduledExecutorService scheduler) {
      return new Pools(plain, CorrelationContext.wrap(plain), CorrelationContext.wrap(scheduler));
    }
  }

  private static final class Repeated implements Runnable {
    private final CompletableFuture<String> second = new CompletableFuture<>();
    private boolean hasRun;

    @Override
    public void run() {
      if (hasRun) {
        second.complete(currentId());
      }
      hasRun = true;
    }

    String secondRun(Future<?> schedule) throws Exception {
      String id = second.get();
      schedule.cancel(false);
      return id;
    }
  }
}
