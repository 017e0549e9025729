package dev.opskit.verification.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.opskit.core.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogRecordTest {
  @Test
  void thePeersWriteTheSameRecord() throws IOException {
    StringWriter byJackson = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(byJackson)) {
      LogRecord.TYPICAL.writeTo(generator);
    }
    JsonWriter writer = new JsonWriter();
    LogRecord.TYPICAL.writeTo(writer);
    assertEquals(byJackson.toString(), new String(writer.toByteArray(), StandardCharsets.UTF_8));
  }
}
