package dev.opskit.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.testing.Allocations;
import org.junit.jupiter.api.Test;

class JsonAllocationTest {

  @Test
  void writingIntoAGrownBufferAllocatesNothing() {
    JsonWriter json = new JsonWriter();
    StringBuilder text = new StringBuilder("a \"line\" of \u00e4\u20ac\ud83d\ude00 text\n");
    Runnable line =
        () ->
            json.reset()
                .beginObject()
                .name("text")
                .value(text)
                .name("number")
                .value(Long.MIN_VALUE)
                .name("list")
                .beginArray()
                .value(true)
                .nullValue()
                .endArray()
                .endObject()
                .newline();
    assertEquals(0, Allocations.ofManyRuns(line));
  }
}
