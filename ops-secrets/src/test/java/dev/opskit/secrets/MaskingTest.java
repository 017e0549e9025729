package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aValueIsMaskedWhenItsEventComes() throws Exception {
    String[] masked = new String[1];
    CountDownLatch told = new CountDownLatch(1);
    fixture.secrets.onEvent(
        event -> {
          if (event instanceof SecretEvent.Loaded) {
            masked[0] = fixture.sensitive.mask("a hunter2hunter2 b");
            told.countDown();
          }
        });
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.read();
    told.await(20, TimeUnit.SECONDS);
    assertEquals("a *** b", masked[0]);
  }

  @Test
  void aValueIsMaskedBeforeAnybodySeesItHoweverManyAsk() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 200; round++) {
        String value = "hunter2hunter2-" + round;
        fixture.provider.gives("v" + round, value);
        fixture.pass(Fixture.TTL);
        CountDownLatch start = new CountDownLatch(1);
        var seen = new ArrayList<Future<String>>();
        for (int i = 0; i < 8; i++) {
          seen.add(
              threads.submit(
                  () -> {
                    start.await();
                    return fixture.sensitive.mask(fixture.read());
                  }));
        }
        start.countDown();
        for (Future<String> one : seen) {
          assertEquals("***", one.get(20, TimeUnit.SECONDS));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theFieldsOfAJsonObjectAreMaskedEachForItself() {
    fixture.provider.gives(
        "1",
        " {\"username\":\"orders-user\",\"host\":\"db.example.com\",\"password\":\"hunter2hunter2\","
            + "\"keys\":[\"first-key-1\",{\"deep\":\"deep-key-12\"}],\"pin\":12345678901}");
    fixture.read();
    assertEquals(
        "orders-user@db.example.com *** *** *** ***",
        fixture.sensitive.mask(
            "orders-user@db.example.com hunter2hunter2 first-key-1 deep-key-12 12345678901"));
  }

  @Test
  void whatOnlyLooksLikeJsonIsMaskedAsAWhole() {
    fixture.provider.gives("1", "{\"a\":\"first-key-1\", hunter2hunter2");
    fixture.read();
    assertEquals("***", fixture.sensitive.mask("{\"a\":\"first-key-1\", hunter2hunter2"));
    assertEquals("***", fixture.sensitive.mask("first-key-1"));
  }

  @Test
  void whatIsTooShortToBeMaskedIsServedAllTheSame() {
    fixture.provider.gives("1", "short");
    assertEquals("short", fixture.read());
    String text = "a short text";
    assertSame(text, fixture.sensitive.mask(text));
  }
}
