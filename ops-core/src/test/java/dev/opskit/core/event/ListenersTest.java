package dev.opskit.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.testing.Await;
import dev.opskit.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenersTest {
  private final Listeners<Integer> listeners = new Listeners<>("test");
  private final List<Integer> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void release() {
    release.countDown();
    listeners.close();
  }

  @Test
  void eachListenerGetsEachEventInOrder() {
    List<Integer> other = new CopyOnWriteArrayList<>();
    listeners.add(got::add);
    listeners.add(other::add);
    publish(500);
    listeners.close();
    List<Integer> all = IntStream.range(0, 500).boxed().toList();
    assertEquals(all, got);
    assertEquals(all, other);
    assertEquals(0, listeners.dropped());
  }

  @Test
  void aListenerThatThrowsAnythingGetsTheNextEventAllTheSame() {
    listeners.add(
        event -> {
          got.add(event);
          if (event == 0) {
            throw new StackOverflowError("expected");
          }
          throw new IllegalStateException("expected");
        });
    publish(3);
    Await.until("all three delivered", () -> got.equals(List.of(0, 1, 2)));
  }

  @Test
  void aHungListenerDelaysNeitherTheWorkNorTheOthers() throws InterruptedException {
    listeners.add(this::hang);
    listeners.add(got::add);
    publish(1);
    hanging.await();
    publish(100);
    Await.until("the other one has all", () -> got.size() == 101);
  }

  @Test
  void whatDoesNotFitIntoTheQueueIsDroppedForThisListenerAloneAndCounted()
      throws InterruptedException {
    listeners.add(this::hang);
    listeners.publish(0);
    hanging.await();
    publish(GuardedListener.QUEUE + 7);
    listeners.add(got::add);
    assertEquals(7, listeners.dropped());
    listeners.publish(8);
    assertEquals(8, listeners.dropped());
    Await.until("the other one gets it", () -> got.equals(List.of(8)));
    release.countDown();
    Await.until("the rest is delivered", () -> got.size() == 1 + 1 + GuardedListener.QUEUE);
  }

  @Test
  void afterItsSubscriptionIsClosedAListenerGetsNothingMore() throws InterruptedException {
    Subscription subscription =
        listeners.add(
            event -> {
              got.add(event);
              hanging.countDown();
              awaitRelease();
            });
    publish(3);
    hanging.await();
    subscription.close();
    subscription.close();
    publish(3);
    release.countDown();
    listeners.close();
    assertEquals(List.of(0), got);
    assertEquals(0, listeners.dropped());
  }

  @Test
  void closingDeliversWhatWaits() {
    listeners.add(
        event -> {
          awaitRelease();
          got.add(event);
        });
    publish(1000);
    release.countDown();
    listeners.close();
    assertEquals(1000, got.size());
    publish(1);
    assertEquals(1000, got.size());
  }

  @Test
  void closingGivesUpOnHungListenersAfterTwoSecondsInAllAndInterruptsThem()
      throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      listeners.add(
          event -> {
            try {
              release.await();
            } catch (InterruptedException e) {
              interrupted.countDown();
            }
          });
    }
    publish(2);
    long start = TimeSource.system().nanoTime();
    listeners.close();
    long millis = (TimeSource.system().nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 1_900 && millis < 5_500, millis + " ms");
    interrupted.await();
  }

  @Test
  void nothingIsNoListener() {
    assertThrows(NullPointerException.class, () -> listeners.add(null));
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      listeners.publish(i);
    }
  }

  private void hang(int event) {
    hanging.countDown();
    awaitRelease();
    got.add(event);
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
