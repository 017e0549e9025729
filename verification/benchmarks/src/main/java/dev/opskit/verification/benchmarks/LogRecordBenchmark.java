package dev.opskit.verification.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.opskit.core.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A typical log record of some 400 bytes is written as JSON into memory that is used again for the
 * next one, as an appender does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogRecordBenchmark {
  private final LogRecord logRecord = LogRecord.TYPICAL;
  private final JsonWriter writer = new JsonWriter(1024);
  private final JsonFactory factory = new JsonFactory();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final JsonGenerator kept = generator();

  /** A generator for each record; its buffers are pooled by the factory. */
  @Benchmark
  public ByteArrayOutputStream jackson() throws IOException {
    bytes.reset();
    try (JsonGenerator generator = factory.createGenerator(bytes)) {
      logRecord.writeTo(generator);
    }
    return bytes;
  }

  /** One generator for all records, which log encoders seldom do. */
  @Benchmark
  public ByteArrayOutputStream jacksonKept() throws IOException {
    bytes.reset();
    logRecord.writeTo(kept);
    kept.flush();
    return bytes;
  }

  /** One writer for all records. */
  @Benchmark
  public byte[] jsonWriter() {
    logRecord.writeTo(writer.reset());
    return writer.buffer();
  }

  private JsonGenerator generator() {
    try {
      return factory.createGenerator(bytes).setRootValueSeparator(new SerializedString("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
