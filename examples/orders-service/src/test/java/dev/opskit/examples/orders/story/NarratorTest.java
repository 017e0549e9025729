package dev.opskit.examples.orders.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Narrator narrator =
      new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8));

  @Test
  void whatHoldsOrIsSkippedIsNoFailure() {
    narrator.title("Day");
    narrator.chapter("Morning");
    narrator.expect(true, "%d of %d", 2, 2);
    narrator.skip("no tools");
    assertEquals(0, narrator.status());
    assertEquals(
        "Day\n===\n\n1. Morning\n   [ok] 2 of 2\n   (skipped: no tools)\n",
        told.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void oneStepThatDoesNotHoldIsRememberedToTheEnd() {
    narrator.expect(false, "first");
    narrator.expect(true, "second");
    assertEquals(1, narrator.failures());
    assertEquals(1, narrator.status());
  }

  @Test
  void aChapterThatThrowsIsAFailureAndTheNextIsStillTold() {
    narrator.attempt(
        () -> {
          throw new IOException("100% gone");
        });
    narrator.attempt(() -> narrator.chapter("Evening"));
    assertEquals(1, narrator.status());
    assertEquals(
        "   [NOT OK] the chapter ended early: java.io.IOException: 100% gone\n\n1. Evening\n",
        told.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void whatIsQuotedMayHaveAnyCharacters() {
    narrator.quote("{\"share\":\"100%s\"}\nnext");
    assertEquals(
        "     | {\"share\":\"100%s\"}\n     | next\n",
        told.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
  }
}
