package dev.opskit.core.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void commasStandBetweenValuesAndNowhereElse() {
    assertJson(
        "{\"a\":[],\"b\":{},\"c\":[1,[2,{}],null],\"d\":{\"e\":true,\"f\":\"g\"}}",
        json ->
            json.beginObject()
                .name("a")
                .beginArray()
                .endArray()
                .name("b")
                .beginObject()
                .endObject()
                .name("c")
                .beginArray()
                .value(1)
                .beginArray()
                .value(2)
                .beginObject()
                .endObject()
                .endArray()
                .nullValue()
                .endArray()
                .name("d")
                .beginObject()
                .name("e")
                .value(true)
                .name("f")
                .value("g")
                .endObject()
                .endObject());
  }

  @Test
  void linesFollowEachOtherWithoutCommas() {
    assertJson(
        "{}\n[false]\n",
        json ->
            json.beginObject()
                .endObject()
                .newline()
                .beginArray()
                .value(false)
                .endArray()
                .newline());
  }

  @Test
  void rawJsonIsAValueLikeAnyOther() {
    byte[] raw = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
    assertJson("[{\"x\":1},{\"x\":1}]", json -> json.beginArray().raw(raw).raw(raw).endArray());
  }

  @Test
  void aFieldThatCouldNotBeFinishedIsRolledBack() {
    assertJson(
        "{\"a\":1,\"c\":3}",
        json -> {
          json.beginObject().name("a").value(1);
          int mark = json.sizeBytes();
          json.name("b").beginArray().value("unfinished");
          json.rollback(mark);
          json.name("c").value(3).endObject();
        });
  }

  @Test
  void theFirstFieldIsRolledBackAsWell() {
    assertJson(
        "{\"list\":[\"{\",2]}",
        json -> {
          json.beginObject();
          int first = json.sizeBytes();
          json.name("gone").value(0);
          json.rollback(first);
          json.name("list");
          int value = json.sizeBytes();
          json.value("gone");
          json.rollback(value);
          json.beginArray().value("{");
          int second = json.sizeBytes();
          json.value("gone");
          json.rollback(second);
          json.value(2).endArray().endObject();
        });
  }

  @Test
  void aRollbackToTheBeginningOrALineStartsAfresh() {
    assertJson(
        "1\n2",
        json -> {
          json.value(0).rollback(0);
          json.value(1).newline();
          int line = json.sizeBytes();
          json.value(0).rollback(line);
          json.value(2);
        });
  }

  @Test
  void aRollbackGoesOnlyBack() {
    JsonWriter json = new JsonWriter().value(10);
    assertThrows(IllegalArgumentException.class, () -> json.rollback(3));
    assertThrows(IllegalArgumentException.class, () -> json.rollback(-1));
  }

  @Test
  void aResetWriterWritesIntoTheSameBuffer() {
    JsonWriter json = new JsonWriter().value("one");
    byte[] buffer = json.buffer();
    json.reset().value("two");
    assertSame(buffer, json.buffer());
    assertArrayEquals("\"two\"".getBytes(StandardCharsets.UTF_8), json.toByteArray());
  }

  @Test
  void theBufferStartsAtTheGivenSize() {
    assertEquals(16, new JsonWriter(16).buffer().length);
    assertThrows(IllegalArgumentException.class, () -> new JsonWriter(15));
  }

  @Test
  void aTextOfMegabytesDoesNotTakeSixTimesItsSize() {
    String text = "x".repeat(4_000_000);
    JsonWriter json = new JsonWriter().value(text);
    assertEquals(text.length() + 2, json.sizeBytes());
    assertTrue(json.buffer().length < 2.1 * text.length(), "" + json.buffer().length);
  }

  static void assertJson(String expected, Consumer<JsonWriter> writing) {
    JsonWriter json = new JsonWriter(16);
    writing.accept(json);
    assertEquals(expected, new String(json.toByteArray(), StandardCharsets.UTF_8));
  }
}
