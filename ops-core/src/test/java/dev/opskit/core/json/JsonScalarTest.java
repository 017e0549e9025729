package dev.opskit.core.json;

import static dev.opskit.core.json.JsonWriterTest.assertJson;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonScalarTest {

  @Test
  void integersAreWrittenToTheirLimits() {
    assertJson(
        "[0,9,10,-1,-10,9223372036854775807,-9223372036854775808]",
        json ->
            json.beginArray()
                .value(0)
                .value(9)
                .value(10)
                .value(-1)
                .value(-10)
                .value(Long.MAX_VALUE)
                .value(Long.MIN_VALUE)
                .endArray());
  }

  @Test
  void whatIsNoNumberIsNull() {
    assertJson(
        "[null,null,null,null,null]",
        json ->
            json.beginArray()
                .value(Double.NaN)
                .value(Double.POSITIVE_INFINITY)
                .value(Double.NEGATIVE_INFINITY)
                .scalar(Float.NaN)
                .scalar(Float.NEGATIVE_INFINITY)
                .endArray());
  }

  @Test
  void everyNumberIsReadBackExactly() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      long bits = random.nextLong() >> random.nextInt(64);
      double number = Double.longBitsToDouble(random.nextLong());
      BigDecimal decimal = new BigDecimal(BigInteger.valueOf(bits), random.nextInt(-400, 400));
      JsonWriter json = new JsonWriter().beginArray().value(bits).scalar(decimal);
      if (Double.isFinite(number)) {
        json.value(number);
      }
      json.endArray();
      try (JsonParser parser = new JsonFactory().createParser(json.toByteArray())) {
        parser.nextToken();
        parser.nextToken();
        assertEquals(bits, parser.getLongValue());
        parser.nextToken();
        assertEquals(decimal, new BigDecimal(parser.getText()));
        if (Double.isFinite(number)) {
          parser.nextToken();
          assertEquals(number, Double.parseDouble(parser.getText()));
        }
      }
    }
  }

  @Test
  void aScalarKeepsItsType() {
    assertJson(
        "[null,\"text\",true,1,2,3,4,1.5,2.5,1E+9,12345678901234567890,\"x\",\"[]\"]",
        json ->
            json.beginArray()
                .scalar(null)
                .scalar(new StringBuilder("text"))
                .scalar(true)
                .scalar((byte) 1)
                .scalar((short) 2)
                .scalar(3)
                .scalar(4L)
                .scalar(1.5f)
                .scalar(2.5)
                .scalar(new BigDecimal("1E+9"))
                .scalar(new BigInteger("12345678901234567890"))
                .scalar('x')
                .scalar(java.util.List.of())
                .endArray());
  }

  @Test
  @SuppressWarnings("serial")
  void aNumberOfAnUnknownClassIsTextAsItMaySayAnything() {
    BigDecimal forged =
        new BigDecimal(1) {
          @Override
          public String toString() {
            return "1,\"forged\":2";
          }
        };
    assertJson("\"1,\\\"forged\\\":2\"", json -> json.scalar(forged));
  }

  @Test
  void aTextThatIsNullIsNull() {
    assertJson("null", json -> json.value((CharSequence) null));
  }
}
